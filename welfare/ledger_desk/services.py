"""Closing a fiscal year: what is still open in it, said before and kept with the closing."""

from collections.abc import Iterator

from django.db import transaction
from django.db.models import Q

from union_portal.accounts.models import User
from union_portal.base.steps import hold, move
from welfare.books.models import FiscalYear
from welfare.grants.enums import GrantState, RoundState
from welfare.grants.models import Grant, Round, RuleWarning
from welfare.ledger.models import Posting
from welfare.mutual_aid.models import MutualAidPlan
from welfare.mutual_aid.services.premiums import open_terms
from welfare.posting_requests.enums import RequestState
from welfare.posting_requests.models import PostingRequest


def open_points(*, fiscal_year: FiscalYear) -> list[str]:
    """Return in words what is not settled in the year: it can be closed all the same."""
    return [f"{words} {count:,} {unit}" for words, count, unit in _counted(fiscal_year) if count]


def _counted(fiscal_year: FiscalYear) -> Iterator[tuple[str, int, str]]:
    book, year = fiscal_year.book, fiscal_year.year
    rounds = Round.objects.filter(Q(handed_out_on__year=year) | Q(handed_out_on=None, cut_off_on__year=year), book=book)
    single = Grant.objects.filter(round=None, granted_on__year=year)
    warnings = RuleWarning.objects.filter(confirmed_by=None).exclude(round__state=RoundState.CANCELLED)
    yield "待审批的发放批次", rounds.filter(state=RoundState.SUBMITTED).count(), "个"
    yield "未办结的发放批次", rounds.filter(state=RoundState.APPROVED).count(), "个"
    yield "待审批的单项慰问", single.filter(state=GrantState.SUBMITTED).count(), "笔"
    yield "待发放的单项慰问", single.filter(state__in=[GrantState.DUE, GrantState.RETURNED]).count(), "笔"
    yield (
        "未确认的超标提醒",
        warnings.filter(Q(round__in=rounds.values("pk")) | Q(grant__granted_on__year=year)).count(),
        "条",
    )
    asked = PostingRequest.objects.filter(state=RequestState.REQUESTED, posted_on__year=year)
    yield (
        "待审批的记账申请",
        asked.filter(Q(fund__book=book) | Q(entries__entry__posting__book=book)).distinct().count(),
        "笔",
    )
    yield "未入账的保费", _premiums(year), "期"
    yield "未登记正式凭证的台账单", Posting.objects.filter(book=book, year=year, vouchers=None).count(), "张"


def _premiums(year: int) -> int:
    plans = MutualAidPlan.objects.filter(covers__paid_on__year=year, covers__premium__gt=0).distinct()
    return sum(term.paid_on.year == year for plan in plans for term in open_terms(plan=plan))


@transaction.atomic
def close_year(*, subject: FiscalYear, actor: User | None) -> FiscalYear:
    """Close the year to postings; what was open at that moment is kept with the move."""
    held = hold(subject, "book")
    points = open_points(fiscal_year=held)
    move(held, "close", actor=actor, why=f"结账时：{'；'.join(points)}" if points else "")
    return held
