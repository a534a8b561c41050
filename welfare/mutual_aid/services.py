"""Mutual-aid covers: enrolled from a list, the premium posted once per plan, term and payment day."""

import calendar
import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.db.models import Count, Sum

from members.people.models import Person
from union_portal.accounts.models import User
from union_portal.base.errors import DomainError
from welfare.books.models import Fund
from welfare.grants.services.four_eyes import second_person
from welfare.grants.services.paying import year_for
from welfare.ledger.enums import PostingKind
from welfare.ledger.models import Posting
from welfare.ledger.services.posting import Approval, EntryLine, post
from welfare.mutual_aid.models import Cover, MutualAidPlan
from welfare.rosters.services.lists import match_list


@dataclass(frozen=True)
class Term:
    """What was enrolled for one term and paid on one day: heads and yuan, not posted yet."""

    starts_on: dt.date
    paid_on: dt.date
    heads: int
    total: Decimal


def open_terms(*, plan: MutualAidPlan) -> list[Term]:
    """Return the terms whose premium is known and not in the ledger yet, newest first; two queries."""
    covers = Cover.objects.filter(plan=plan, premium__gt=0).values_list("starts_on", "paid_on").order_by()
    found = covers.annotate(heads=Count("pk"), total=Sum("premium"))
    posted = set(
        Posting.objects.filter(source_key__startswith=f"cover:{plan.pk}:").values_list("source_key", flat=True)
    )
    terms = (Term(starts_on, paid_on, heads, total) for starts_on, paid_on, heads, total in found)
    return sorted(
        (term for term in terms if _key(plan, term.starts_on, term.paid_on) not in posted),
        key=lambda term: (term.starts_on, term.paid_on),
        reverse=True,
    )


def _key(plan: MutualAidPlan, starts_on: dt.date, paid_on: dt.date) -> str:
    return f"cover:{plan.pk}:{starts_on.isoformat()}:{paid_on.isoformat()}"


def term_end(*, plan: MutualAidPlan, starts_on: dt.date) -> dt.date:
    """Return the last day of a cover that begins on the day: the plan's months later, one day before."""
    month = starts_on.month - 1 + plan.months
    year, month = starts_on.year + month // 12, month % 12 + 1
    day = min(starts_on.day, calendar.monthrange(year, month)[1])
    return dt.date(year, month, day) - dt.timedelta(days=1)


@transaction.atomic
def enrol(  # noqa: PLR0913 - one list's facts
    *,
    plan: MutualAidPlan,
    lines: Iterable[tuple[str, str]],
    starts_on: dt.date,
    paid_on: dt.date,
    source: str,
    premium: Decimal | None = None,
    ends_on: dt.date | None = None,
    offline_approval: str = "",
    actor: User | None = None,
) -> int:
    """Cover everybody on the list (staff number, name) for one term; returns how many. All or nothing.

    Premium (yuan per person) and end are the plan's unless given. Raises DomainError for lines that do not match the
    register, people the plan is not for, and people already covered from that day.
    """
    if not source.strip():
        raise DomainError("请填写名单来源。", field="source")
    keys = match_list(list(lines))
    covered = Person.objects.filter(pk__in=keys).with_branch(on=starts_on)
    if plan.only_gender and (others := covered.exclude(gender=plan.only_gender).first()):
        raise DomainError(
            f"“{plan}”不适用于 {others}，请从名单中删除该行。",
            field="list",
        )
    already = Cover.objects.filter(plan=plan, starts_on=starts_on, person__in=keys).select_related("person").first()
    if already is not None:
        raise DomainError(
            f"{already.person} 自 {starts_on} 起已参加“{plan}”。",
            field="list",
        )
    made = [
        Cover(
            plan=plan,
            person_id=person,
            branch_id=branch,
            starts_on=starts_on,
            ends_on=ends_on or term_end(plan=plan, starts_on=starts_on),
            paid_on=paid_on,
            premium=plan.premium if premium is None else premium,
            source=source,
            offline_approval=offline_approval,
            entered_by=actor,
        )
        for person, branch in covered.values_list("pk", "branch_id_on")
    ]
    try:
        with transaction.atomic():
            Cover.objects.bulk_create(made)
    except IntegrityError as error:
        raise DomainError("刚有他人登记了名单中的人员，请刷新页面。") from error
    return len(made)


@transaction.atomic
def post_premium(
    *, plan: MutualAidPlan, starts_on: dt.date, paid_on: dt.date, fund: Fund, posted_on: dt.date, approval: Approval
) -> Posting:
    """Post the premium of everybody enrolled for the term and paid on the day, as one entry, once.

    Raises DomainError while the plan has no account or the covers no premium.
    """
    if plan.account is None:
        raise DomainError(f"“{plan}”尚未设置科目，请先在计划中设置。")
    covers = Cover.objects.filter(plan=plan, starts_on=starts_on, paid_on=paid_on)
    total = covers.aggregate(total=Sum("premium"))["total"]
    if not total:
        raise DomainError("这些参保没有可记账的保费。")
    year_for(fund.book, posted_on)
    return post(
        book=fund.book,
        posted_on=posted_on,
        kind=PostingKind.COVER,
        summary=f"{plan}，{starts_on.isoformat()} 起保费",
        entries=[EntryLine(account=plan.account, fund=fund, amount=total, occurred_on=paid_on)],
        approval=approval,
        source_key=_key(plan, starts_on, paid_on),
    )


@transaction.atomic
def approve_premium(
    *, plan: MutualAidPlan, term: Term, fund: Fund, posted_on: dt.date, actor: User, offline_approval: str = ""
) -> Posting:
    """Post a term's premium: whoever enrolled the people prepared it, the actor approves it.

    Raises DomainError when the actor enrolled any of them, and for covers from records, whose approval was on paper
    and has to be named.
    """
    if offline_approval.strip():
        approval = Approval(prepared_by=actor, offline_approval=offline_approval.strip())
    else:
        covers = Cover.objects.filter(plan=plan, starts_on=term.starts_on, paid_on=term.paid_on)
        preparers = list(User.objects.filter(pk__in=covers.values("entered_by")).order_by("pk"))
        if not preparers or covers.filter(entered_by=None).exists():
            raise DomainError(
                "这些参保由历史数据导入，请填写线下审批人、日期和文件。",
                field="offline_approval",
            )
        for one in preparers:
            second_person(prepared_by=one.pk, actor=actor)
        approval = Approval(prepared_by=preparers[0], approved_by=actor)
    return post_premium(
        plan=plan, starts_on=term.starts_on, paid_on=term.paid_on, fund=fund, posted_on=posted_on, approval=approval
    )
