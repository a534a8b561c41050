"""Closing a fiscal year: what is still open in it, said before and kept with the closing."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Model, Q, QuerySet

from union_portal.accounts.models import User
from union_portal.base.steps import hold, move
from welfare.books.models import FiscalYear
from welfare.grants.enums import GrantState, RoundState
from welfare.grants.models import Grant, Round, RuleWarning
from welfare.health_checks.models import CheckBooking
from welfare.health_checks.services import refunding
from welfare.ledger.models import Posting
from welfare.mutual_aid.models import MutualAidPlan
from welfare.mutual_aid.services.premiums import Term, open_terms
from welfare.posting_requests.enums import RequestState
from welfare.posting_requests.models import PostingRequest
from welfare.recuperation.models import RecuperationApplication
from welfare.recuperation.services import batches


@dataclass(frozen=True)
class Matter:
    """What may be unsettled in a year: its words, its rows, and how many it is where that is not the rows' number."""

    key: str
    words: str
    unit: str
    model: type[Model]
    rows: Callable[[FiscalYear], "QuerySet[Any]"]
    times: Callable[[FiscalYear], int] | None = None


@dataclass(frozen=True)
class Point:
    """A matter that is unsettled, and how often."""

    matter: Matter
    count: int

    def __str__(self) -> str:
        return f"{self.matter.words} {self.count:,} {self.matter.unit}"


def open_points(*, fiscal_year: FiscalYear) -> list[Point]:
    """Return what is not settled in the year: it can be closed all the same."""
    counts = [(one, one.times(fiscal_year) if one.times else one.rows(fiscal_year).count()) for one in MATTERS]
    return [Point(one, count) for one, count in counts if count]


def _rounds(of: FiscalYear, state: RoundState | None = None) -> "QuerySet[Round]":
    day = Q(handed_out_on__year=of.year) | Q(handed_out_on=None, cut_off_on__year=of.year)
    found: QuerySet[Round] = Round.objects.filter(day, book=of.book_id)
    return found if state is None else found.filter(state=state)


def _single(of: FiscalYear, *states: GrantState) -> "QuerySet[Grant]":
    found: QuerySet[Grant] = Grant.objects.filter(round=None, granted_on__year=of.year, state__in=states)
    return found


def _warnings(of: FiscalYear) -> "QuerySet[RuleWarning]":
    found = RuleWarning.objects.filter(confirmed_by=None).exclude(round__state=RoundState.CANCELLED)
    return found.filter(Q(round__in=_rounds(of).values("pk")) | Q(grant__granted_on__year=of.year))


def _requests(of: FiscalYear) -> "QuerySet[PostingRequest]":
    asked = PostingRequest.objects.filter(state=RequestState.REQUESTED, posted_on__year=of.year)
    found: QuerySet[PostingRequest] = asked.filter(
        Q(fund__book=of.book_id) | Q(entries__entry__posting__book=of.book_id)
    ).distinct()
    return found


def _terms(of: FiscalYear) -> list[Term]:
    plans = MutualAidPlan.objects.filter(covers__paid_on__year=of.year, covers__premium__gt=0).distinct()
    return [term for plan in plans for term in open_terms(plan=plan) if term.paid_on.year == of.year]


def _insured(of: FiscalYear) -> "QuerySet[MutualAidPlan]":
    found: QuerySet[MutualAidPlan] = MutualAidPlan.objects.filter(pk__in={term.plan.pk for term in _terms(of)})
    return found


def _without_voucher(of: FiscalYear) -> "QuerySet[Posting]":
    found: QuerySet[Posting] = Posting.objects.filter(book=of.book_id, year=of.year, vouchers=None)
    return found


MATTERS: tuple[Matter, ...] = (
    Matter("submitted_rounds", "待审批的发放批次", "个", Round, lambda of: _rounds(of, RoundState.SUBMITTED)),
    Matter("approved_rounds", "未办结的发放批次", "个", Round, lambda of: _rounds(of, RoundState.APPROVED)),
    Matter("submitted_grants", "待审批的单项慰问", "笔", Grant, lambda of: _single(of, GrantState.SUBMITTED)),
    Matter("due_grants", "待发放的单项慰问", "笔", Grant, lambda of: _single(of, GrantState.DUE, GrantState.RETURNED)),
    Matter("warnings", "未确认的超标提醒", "条", RuleWarning, _warnings),
    Matter("requests", "待审批的记账申请", "笔", PostingRequest, _requests),
    # Each of a plan's terms counts; they stand on the page of their plan.
    Matter("premiums", "未入账的保费", "期", MutualAidPlan, _insured, lambda of: len(_terms(of))),
    Matter(
        *("check_refunds", "未入账的体检报销", "笔", CheckBooking),
        lambda of: refunding.unposted().filter(refunded_on__year=of.year),
    ),
    Matter(
        *("recuperation", "未入账的疗休养", "笔", RecuperationApplication),
        lambda of: batches.unposted().filter(batch__ends_on__year=of.year),
    ),
    Matter("postings", "未登记正式凭证的台账单", "张", Posting, _without_voucher),
)


@transaction.atomic
def close_year(*, subject: FiscalYear, actor: User | None) -> FiscalYear:
    """Close the year to postings; what was open at that moment is kept with the move."""
    held = hold(subject, "book")
    still = "；".join(map(str, open_points(fiscal_year=held)))
    move(held, "close", actor=actor, why=f"结账时：{still}" if still else "")
    return held
