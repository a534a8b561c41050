"""Mutual-aid covers: enrolled from a list, the premium posted once per plan, term and payment day."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Count, QuerySet, Sum

from members.people.models import Person
from union_portal.accounts.models import User
from union_portal.base.errors import DomainError
from union_portal.base.steps import explained, hold
from welfare.books.models import Fund
from welfare.grants.services.four_eyes import second_person
from welfare.grants.services.paying import year_for
from welfare.ledger.enums import PostingKind
from welfare.ledger.models import LedgerEntry, Posting
from welfare.ledger.services.posting import Approval, EntryLine, post
from welfare.mutual_aid.models import Cover, MutualAidPlan
from welfare.rosters.services.lists import match_list


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
        return Cover.objects.filter(plan=self.plan, starts_on=self.starts_on, paid_on=self.paid_on)


def open_terms(*, plan: MutualAidPlan) -> list[Term]:
    """Return the terms whose premium is known and not in the ledger yet, newest first; two queries."""
    covers = Cover.objects.filter(plan=plan, premium__gt=0).order_by("-starts_on", "-paid_on")
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
    for lines that do not match the register, people the plan is not for, and people already covered from that day.
    """
    if facts.get("premium") is None:
        facts["premium"] = plan.premium
    people = Person.objects.filter(pk__in=match_list(list(lines)))
    if plan.only_gender and (other := people.exclude(gender=plan.only_gender).first()):
        raise DomainError(f"“{plan}”不适用于 {other}，请从名单中删除该行。", field="file")
    if already := people.filter(covers__plan=plan, covers__starts_on=starts_on).first():
        raise DomainError(f"{already} 自 {starts_on} 起已参加“{plan}”。", field="file")
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


def approve_premium(*, term: Term, actor: User, offline_approval: str = "", **posting: Any) -> Posting:
    """Post a term's premium: whoever enrolled the people prepared it, the actor approves it.

    Raises DomainError when the actor enrolled any of them, and for covers from records, whose approval was on paper
    and has to be named.
    """
    if offline_approval.strip():
        approval = Approval(prepared_by=actor, offline_approval=offline_approval.strip())
        return post_premium(term=term, approval=approval, **posting)
    preparers = list(User.objects.filter(pk__in=term.covers.values("entered_by")).order_by("pk"))
    if not preparers or term.covers.filter(entered_by=None).exists():
        raise DomainError("这些参保由历史数据导入，请填写线下审批人、日期和文件。", field="offline_approval")
    for one in preparers:
        second_person(prepared_by=one.pk, actor=actor)
    return post_premium(term=term, approval=Approval(prepared_by=preparers[0], approved_by=actor), **posting)
