"""The premium of a plan's term: what was enrolled and paid on one day, approved and posted once for each payer."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import reduce
from operator import or_
from typing import Any

from django.db import transaction
from django.db.models import Count, F, Q, QuerySet, Sum
from django.utils import timezone

from union_portal.accounts.models import User
from union_portal.base.errors import DomainError, Refused
from union_portal.base.money import grouped
from union_portal.base.steps import hold
from welfare.approvals.enums import ApprovalState
from welfare.approvals.models import PaperApproval
from welfare.approvals.services import ToldApproval, enter, enter_from_list
from welfare.books.models import Fund
from welfare.books.services import must_hold
from welfare.grants.services.four_eyes import second_person
from welfare.grants.services.paying import year_for
from welfare.ledger.enums import PostingKind
from welfare.ledger.models import LedgerEntry, Posting
from welfare.ledger.services.posting import Approval, EntryLine, post
from welfare.mutual_aid.enums import PayerShare
from welfare.mutual_aid.models import Cover, MutualAidPlan

# What each payer bears of a cover, and under which source key his part of a term is posted.
PARTS: dict[PayerShare, Any] = {
    PayerShare.UNION: F("union_part"),
    PayerShare.SCHOOL: F("school_part"),
    PayerShare.MEMBER: F("premium") - F("union_part") - F("school_part"),
}
_KEYS = {PayerShare.UNION: "cover", PayerShare.SCHOOL: "cover_school", PayerShare.MEMBER: "cover_own"}


def _term_key(plan: int, starts_on: dt.date, paid_on: dt.date) -> str:
    return f"{plan}:{starts_on.isoformat()}:{paid_on.isoformat()}"


@dataclass(frozen=True)
class Term:
    """What was enrolled in a plan for one term and paid on one day, as far as one payer bears it: heads and yuan."""

    plan: MutualAidPlan
    starts_on: dt.date
    paid_on: dt.date
    heads: int = 0
    total: Decimal = Decimal("0.00")
    payer: PayerShare = PayerShare.UNION

    def __str__(self) -> str:
        whose = f"（{self.payer.label}负担部分）" if self.plan.payer == PayerShare.SHARED else ""
        return f"{self.starts_on} 生效、{self.paid_on} 缴费{whose}：{self.heads:,} 人，{grouped(self.total)} 元"

    @property
    def key(self) -> str:
        """The source key under which the payer's part is posted, once until it is reversed."""
        return f"{_KEYS[self.payer]}:{_term_key(self.plan.pk, self.starts_on, self.paid_on)}"

    @property
    def covers(self) -> "QuerySet[Cover]":
        """The covers of the term."""
        return Cover.objects.standing().filter(plan=self.plan, starts_on=self.starts_on, paid_on=self.paid_on)

    def preparers(self) -> set[int]:
        """Return the accounts that enrolled somebody for the term."""
        return set(self.covers.exclude(entered_by=None).values_list("entered_by", flat=True).distinct())

    def paper(self) -> PaperApproval | None:
        """Return the approval on paper that waits or stands, the latest."""
        found = PaperApproval.objects.filter(pk__in=self.covers.values("paper_approval"))
        return found.exclude(state=ApprovalState.REJECTED).order_by("-pk").first()

    @property
    def takes_paper(self) -> bool:
        """Whether an approval on paper may be registered: none waits or stands for all of its covers."""
        return self.outside(self.paper()).exists()

    def outside(self, paper: PaperApproval | None) -> "QuerySet[Cover]":
        """Return the covers that this paper does not speak of."""
        return self.covers.filter(~Q(paper_approval=paper) if paper is not None else Q())


def posted(
    *, plan: int, starts_on: dt.date, paid_on: dt.date, payers: Iterable[PayerShare] = tuple(_KEYS)
) -> LedgerEntry | None:
    """Return an entry of the term's premium that stands in the ledger, of any of these payers; None without one."""
    keys = [f"{_KEYS[payer]}:{_term_key(plan, starts_on, paid_on)}" for payer in payers]
    own = reduce(or_, (Q(posting__source_key=key) | Q(posting__source_key__startswith=f"{key}:") for key in keys))
    return LedgerEntry.objects.standing().select_related("posting").filter(own).first()


def open_terms(*, plan: MutualAidPlan) -> list[Term]:
    """Return the terms whose premium is known and not in the ledger yet, newest first, by payer; two queries."""
    covers = Cover.objects.standing().filter(plan=plan, premium__gt=0).order_by("-starts_on", "-paid_on")
    sums = covers.values_list("starts_on", "paid_on").annotate(
        heads=Count("pk"), **{f"of_{payer}": Sum(part) for payer, part in PARTS.items()}
    )
    terms = [
        Term(plan, starts_on, paid_on, heads, total, PayerShare(payer))
        for starts_on, paid_on, heads, *parts in sums
        for payer, total in zip(PARTS, parts, strict=True)
        if total and (payer != PayerShare.MEMBER or plan.own_collected)
    ]
    of_plan = reduce(or_, (Q(posting__source_key__startswith=f"{key}:{plan.pk}:") for key in _KEYS.values()))
    standing = LedgerEntry.objects.standing().filter(of_plan)
    done = set(standing.values_list("posting__source_key", flat=True))
    return [term for term in terms if not any(key == term.key or key.startswith(f"{term.key}:") for key in done)]


def next_step(cover: Cover) -> str:
    """Say of a cover that stands whether its premium is in the ledger yet, who sees to it, and until when it holds."""
    over = f"保障{'已于' if cover.ends_on < timezone.localdate() else '于'} {cover.ends_on} 到期"
    mine = [
        one for one in open_terms(plan=cover.plan) if (one.starts_on, one.paid_on) == (cover.starts_on, cover.paid_on)
    ]
    if not cover.premium or not mine:
        return f"{over}，本期没有待办事项。"
    paper = mine[0].paper()
    if paper is not None and paper.state == ApprovalState.ENTERED:
        return f"下一步：登记人以外的同事对照扫描件，确认本期保费的线下审批。{over}。"
    if paper is None and cover.entered_by_id is None:
        return f"下一步：生活福利委员在“{cover.plan}”中登记本期保费的线下审批，由另一人确认。{over}。"
    return f"下一步：财务在“{cover.plan}”中办理本期保费入账。{over}。"


@transaction.atomic
def post_premium(*, term: Term, fund: Fund, posted_on: dt.date, approval: Approval) -> Posting:
    """Post what the payer bears of the premium of everybody enrolled for the term and paid on the day, as one entry.

    It stands once until it is reversed. Raises DomainError while the plan has no account or the covers no premium, and
    for a fund that holds another's money.
    """
    if term.plan.account is None:
        raise DomainError(f"“{term.plan}”尚未设置科目，请先在计划中设置。")
    total = term.covers.aggregate(total=Sum(PARTS[term.payer]))["total"]
    if not total:
        raise DomainError("这些参保没有可记账的保费。")
    # What school and members bear is no money of the union.
    must_hold(fund=fund, trust=term.payer != PayerShare.UNION)
    hold(term.plan)
    before = Posting.objects.filter(Q(source_key=term.key) | Q(source_key__startswith=f"{term.key}:"))
    present = before.filter(entries__reverses=None, entries__reversed_by=None).first()
    if present is not None:
        return present
    times = before.count()
    year_for(fund.book, posted_on)
    return post(
        book=fund.book,
        posted_on=posted_on,
        kind=PostingKind.COVER,
        summary=_about(term),
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
        about=_about(term),
        approver=approver,
        approved_on=approved_on,
        document=document,
        scan=scan,
        actor=actor,
    )
    term.covers.update(paper_approval=paper)
    return paper


def _about(term: Term) -> str:
    whose = "" if term.payer == PayerShare.UNION else f"（{term.payer.label}负担）"
    return f"{term.plan}，{term.starts_on.isoformat()} 起保费{whose}"


@transaction.atomic
def enter_told(*, told: Mapping[int, ToldApproval], actor: User | None) -> None:
    """Enter the approvals that a list names for its covers (by their keys), once a term; each is to be confirmed."""
    found: dict[tuple[Term, ToldApproval], list[int]] = {}
    for cover in Cover.objects.filter(pk__in=told).select_related("plan"):
        found.setdefault((Term(cover.plan, cover.starts_on, cover.paid_on), told[cover.pk]), []).append(cover.pk)
    for (term, one), keys in found.items():
        paper = enter_from_list(
            about=f"{_about(term)}（{len(keys):,} 人）",
            approver=one.approver,
            approved_on=one.approved_on,
            document=one.document,
            actor=actor,
        )
        Cover.objects.filter(pk__in=keys).update(paper_approval=paper)


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
        if count := term.outside(paper).count():
            raise Refused(f"这一保障期有 {count:,} 人不在这份线下审批内，请先为整个保障期补登线下审批。")
        hands = Approval(prepared_by=preparers[0] if preparers else paper.entered_by, posted_by=actor, paper=paper)
        return post_premium(term=term, approval=hands, **posting)
    if not preparers or term.covers.filter(entered_by=None).exists():
        raise Refused("这些参保由历史数据导入，请先登记线下审批，并由另一人确认。")
    hands = Approval(prepared_by=preparers[0], approved_by=actor, posted_by=actor)
    return post_premium(term=term, approval=hands, **posting)
