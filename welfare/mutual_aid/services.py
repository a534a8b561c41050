"""Mutual-aid covers: enrolled from a list, the premium posted once per plan, term and payment day."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Count, Q, QuerySet, Sum

from members.memberships.models import Membership
from members.people.models import Person
from union_portal.accounts.models import User
from union_portal.base.errors import DomainError, Refused
from union_portal.base.steps import explained, hold, take, take_all
from welfare.approvals.enums import ApprovalState
from welfare.approvals.models import PaperApproval
from welfare.approvals.services import enter
from welfare.books.models import Fund
from welfare.grants.services.four_eyes import second_person
from welfare.grants.services.paying import year_for
from welfare.ledger.enums import PostingKind
from welfare.ledger.models import LedgerEntry, Posting
from welfare.ledger.services.posting import Approval, EntryLine, post
from welfare.mutual_aid.models import Cover, MutualAidPlan
from welfare.rosters.services.lists import NAMED_LINES, match_list


@dataclass(frozen=True)
class Term:
    """What was enrolled in a plan for one term and paid on one day: heads and yuan."""

    plan: MutualAidPlan
    starts_on: dt.date
    paid_on: dt.date
    heads: int = 0
    total: Decimal = Decimal("0.00")

    def __str__(self) -> str:
        return f"{self.starts_on} 生效、{self.paid_on} 缴费：{self.heads:,} 人，{self.total:,.2f} 元"

    @property
    def key(self) -> str:
        """The source key under which the premium is posted, once until it is reversed."""
        return f"cover:{self.plan.pk}:{self.starts_on.isoformat()}:{self.paid_on.isoformat()}"

    @property
    def covers(self) -> "QuerySet[Cover]":
        """The covers of the term."""
        return Cover.objects.standing().filter(plan=self.plan, starts_on=self.starts_on, paid_on=self.paid_on)

    @property
    def posted(self) -> "LedgerEntry | None":
        """The premium's entry in the ledger that stands, None where there is none."""
        entries = LedgerEntry.objects.standing().select_related("posting")
        own = Q(posting__source_key=self.key) | Q(posting__source_key__startswith=f"{self.key}:")
        return entries.filter(own).first()

    def preparers(self) -> set[int]:
        """Return the accounts that enrolled somebody for the term."""
        return set(self.covers.exclude(entered_by=None).values_list("entered_by", flat=True).distinct())

    def paper(self) -> PaperApproval | None:
        """Return the approval on paper that waits or stands, the latest."""
        found = PaperApproval.objects.filter(pk__in=self.covers.values("paper_approval"))
        return found.exclude(state=ApprovalState.REJECTED).order_by("-pk").first()

    @property
    def takes_paper(self) -> bool:
        """Whether an approval on paper may be registered."""
        return self.paper() is None


def open_terms(*, plan: MutualAidPlan) -> list[Term]:
    """Return the terms whose premium is known and not in the ledger yet, newest first; two queries."""
    covers = Cover.objects.standing().filter(plan=plan, premium__gt=0).order_by("-starts_on", "-paid_on")
    sums = covers.values_list("starts_on", "paid_on").annotate(heads=Count("pk"), total=Sum("premium"))
    standing = LedgerEntry.objects.standing().filter(posting__source_key__startswith=f"cover:{plan.pk}:")
    posted = set(standing.values_list("posting__source_key", flat=True))
    terms = (Term(plan, *row) for row in sums)
    return [term for term in terms if not any(key == term.key or key.startswith(f"{term.key}:") for key in posted)]


@transaction.atomic
def enrol(
    *, plan: MutualAidPlan, lines: Iterable[tuple[str, str]], starts_on: dt.date, actor: Any = None, **facts: Any
) -> int:
    """Cover everybody on the list (staff number, name) for one term; returns how many. All or nothing.

    `facts` are the covers' other fields; the premium (yuan per person) is the plan's unless given. Raises DomainError
    for lines that do not match the register, and naming the lines of people the plan is not for, who are no members on
    the first day or are covered by the plan on a day of the term.
    """
    if facts.get("premium") is None:
        facts["premium"] = plan.premium
    keys = match_list(list(lines))
    people = Person.objects.filter(pk__in=keys)
    last = plan.last_day(starts_on)
    _refuse(keys, unfit(plan=plan, people=people.in_bulk(), starts_on=starts_on, ends_on=last))
    made = [
        Cover(
            plan=plan,
            person_id=person,
            branch_id=branch,
            starts_on=starts_on,
            ends_on=plan.last_day(starts_on),
            entered_by=actor,
            **facts,
        )
        for person, branch in people.with_branch(on=starts_on).values_list("pk", "branch_id_on")
    ]
    try:
        with transaction.atomic():
            Cover.objects.bulk_create(made)
    except IntegrityError as error:
        raise explained(error, Cover) from error
    return len(made)


def unfit(*, plan: MutualAidPlan, people: Mapping[int, Person], starts_on: dt.date, ends_on: dt.date) -> dict[int, str]:
    """Say of the people who cannot be covered for the term why not; two queries."""
    found: dict[int, str] = {}
    for start, end, covered in Cover.objects.overlapping(plan, people, starts_on, ends_on):
        found[covered] = f"已参加“{plan}”（{start} 至 {end}），保障期重叠"
    standing = gone(people=people, on=starts_on)
    for key, person in people.items():
        if plan.only_gender and person.gender != plan.only_gender:
            own = f"登记为{person.get_gender_display()}" if person.gender else "未登记性别"
            found[key] = f"{own}，“{plan}”仅限{plan.get_only_gender_display()}"
        if key in standing:
            found[key] = standing[key]
    return found


def gone(*, people: Mapping[int, Person], on: dt.date) -> dict[int, str]:
    """Say of the people who are no members on the day since when and how; one query."""
    found: dict[int, str] = {}
    members: set[int] = set()
    for episode in Membership.objects.filter(person__in=list(people), valid_from__lte=on).order_by("valid_from"):
        if episode.valid_to is None or episode.valid_to >= on:
            members.add(episode.person_id)
        else:
            found[episode.person_id] = f"自 {episode.valid_to} 起已不是会员（{episode.get_ended_by_display()}）"
    for key, person in people.items():
        if person.died_on is not None and person.died_on <= on:
            found[key] = f"已于 {person.died_on} 去世"
        elif key in members:
            found.pop(key, None)
        else:
            found.setdefault(key, f"{on} 不是会员")
    return found


def _refuse(keys: list[int], faults: Mapping[int, str]) -> None:
    """Raise DomainError naming the list's lines that are at fault."""
    if not faults:
        return
    named = Person.objects.in_bulk(list(faults))
    told = [f"第 {place} 条 {named[key]}：{faults[key]}" for place, key in enumerate(keys, 1) if key in faults]
    more = f"；另有 {len(told) - NAMED_LINES} 条" if len(told) > NAMED_LINES else ""
    raise DomainError(f"{'；'.join(told[:NAMED_LINES])}{more}。请从名单中删除这些行。", field="file")


@transaction.atomic
def correct(*, subject: Cover, actor: User | None, why: str, **values: Any) -> Cover:
    """Correct the days or the premium of a cover, with the reason.

    Raises Refused while what is changed is in the ledger: its entry is reversed first, then the term posted anew.
    """
    held = hold(subject, "plan")
    told = {name: values.get(name, getattr(held, name)) for name in ("starts_on", "paid_on", "premium")}
    if any(told[name] != getattr(held, name) for name in told):
        _not_posted(held)
        _not_posted(Cover(plan=held.plan, starts_on=told["starts_on"], paid_on=told["paid_on"]))
    return take(subject=subject, action="correct", actor=actor, why=why, **values)


@transaction.atomic
def withdraw(
    *, subject: Cover, actor: User | None, why: str, ends_on: dt.date, premium: Decimal | None = None
) -> Cover:
    """End a cover before its term, with its last day and the reason; where premium was given back, what is left of it.

    Raises DomainError for a day that is not within the term, Refused while a premium that changes is in the ledger.
    """
    held = hold(subject, "plan")
    if not held.starts_on < ends_on < held.ends_on:
        raise DomainError(f"退保后的截止日期须在 {held.starts_on} 之后、{held.ends_on} 之前。", field="ends_on")
    if premium != held.premium:
        _not_posted(held)
    return take(subject=subject, action="withdraw", actor=actor, why=why, ends_on=ends_on, premium=premium)


@transaction.atomic
def annul(*, subject: Cover, actor: User | None, why: str) -> Cover:
    """Take back a cover that was entered by mistake, with the reason: it counts nowhere any more.

    Raises Refused while its premium is in the ledger.
    """
    held = hold(subject, "plan")
    if held.premium:
        _not_posted(held)
    return take(subject=subject, action="annul", actor=actor, why=why)


@transaction.atomic
def annul_all(*, rows: QuerySet[Cover], actor: User | None, why: str) -> int:
    """Take back many covers at once, as `annul` does one."""
    terms = ("plan_id", "starts_on", "paid_on")
    for cover in rows.filter(premium__gt=0).order_by(*terms).distinct(*terms).select_related("plan"):
        _not_posted(cover)
    return take_all(rows, action="annul", actor=actor, why=why)


def _not_posted(cover: Cover) -> None:
    entry = Term(cover.plan, cover.starts_on, cover.paid_on).posted
    if entry is not None:
        raise Refused(
            f"这期保费已记入台账（台账单 {entry.posting}）。请先申请冲销该笔保费明细，冲销后再办理，然后重新入账。"
        )


@transaction.atomic
def post_premium(*, term: Term, fund: Fund, posted_on: dt.date, approval: Approval) -> Posting:
    """Post the premium of everybody enrolled for the term and paid on the day, as one entry, once until it is reversed.

    Raises DomainError while the plan has no account or the covers no premium.
    """
    if term.plan.account is None:
        raise DomainError(f"“{term.plan}”尚未设置科目，请先在计划中设置。")
    total = term.covers.aggregate(total=Sum("premium"))["total"]
    if not total:
        raise DomainError("这些参保没有可记账的保费。")
    hold(term.plan)
    before = Posting.objects.filter(source_key__startswith=term.key)
    present = before.filter(entries__reverses=None, entries__reversed_by=None).first()
    if present is not None:
        return present
    times = before.count()
    year_for(fund.book, posted_on)
    return post(
        book=fund.book,
        posted_on=posted_on,
        kind=PostingKind.COVER,
        summary=f"{term.plan}，{term.starts_on.isoformat()} 起保费",
        entries=[EntryLine(account=term.plan.account, fund=fund, amount=total, occurred_on=term.paid_on)],
        approval=approval,
        source_key=f"{term.key}:{times + 1}" if times else term.key,
    )


@transaction.atomic
def register_paper(
    *, term: Term, approver: User, approved_on: dt.date, document: str, scan: Any, actor: User
) -> PaperApproval:
    """Register that a term's premium was approved on paper; a second account confirms it before finance posts."""
    if not term.takes_paper:
        raise Refused("这一保障期的线下审批已登记。")
    if approver.pk in term.preparers():
        raise Refused("审批人不能是登记这些参保的人。", field="approver")
    paper = enter(
        about=f"{term.plan}，{term.starts_on.isoformat()} 起保费",
        approver=approver,
        approved_on=approved_on,
        document=document,
        scan=scan,
        actor=actor,
    )
    term.covers.update(paper_approval=paper)
    return paper


def approve_premium(*, term: Term, actor: User, **posting: Any) -> Posting:
    """Post a term's premium: upon its confirmed approval on paper, else the actor approves what others enrolled.

    Raises Refused when the actor enrolled any of them, while a paper waits, and for covers from records without one.
    """
    preparers = list(User.objects.filter(pk__in=term.preparers()).order_by("pk"))
    for one in preparers:
        second_person(prepared_by=one.pk, actor=actor)
    paper = term.paper()
    if paper is not None:
        if not paper.stands:
            raise Refused("线下审批尚未由另一人确认，不能记账。")
        hands = Approval(prepared_by=preparers[0] if preparers else paper.entered_by, posted_by=actor, paper=paper)
        return post_premium(term=term, approval=hands, **posting)
    if not preparers or term.covers.filter(entered_by=None).exists():
        raise Refused("这些参保由历史数据导入，请先登记线下审批，并由另一人确认。")
    hands = Approval(prepared_by=preparers[0], approved_by=actor, posted_by=actor)
    return post_premium(term=term, approval=hands, **posting)
