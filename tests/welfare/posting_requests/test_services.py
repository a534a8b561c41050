"""A request of finance is posted once, when a second person approves it."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests.factories import ledger, members
from tests.factories import rounds as welfare
from union_portal.accounts.enums import Role
from union_portal.base.errors import DomainError, Refused
from union_portal.base.steps import take
from welfare.books.models import FiscalYear, LedgerAccount
from welfare.ledger.enums import PostingKind
from welfare.ledger.models import LedgerEntry, Posting
from welfare.posting_requests import services
from welfare.posting_requests.enums import RequestState
from welfare.posting_requests.models import PostingRequest

DAY = dt.date(2024, 3, 1)


def _ask(posting: Posting, **told: Any) -> PostingRequest:
    given = {"reason": "金额有误", "document": "更正说明", "posted_on": DAY}
    given |= {"actor": ledger.officer("finance"), "entries": LedgerEntry.objects.filter(posting=posting)}
    return services.request_reversal(**{**given, **told})


def _income(**told: Any) -> PostingRequest:
    given = {"fund": welfare.fund(), "account": LedgerAccount.objects.get(code="402"), "amount": Decimal(5000)}
    given |= {"occurred_on": DAY, "posted_on": DAY, "payer": "校财务处", "document": "银行回单 001"}
    return services.request_income(**{**given, "actor": ledger.officer("finance"), **told})


def test_a_reversal_is_asked_by_one_and_posted_by_another_once() -> None:
    wrong = ledger.posting(ledger.open_book(2024), "100.00", "20.00", "3.00", source_key="wrong")
    some = LedgerEntry.objects.filter(posting=wrong, line__lte=2)
    asked = _ask(wrong, entries=some)
    assert (asked.amount, asked.state) == (Decimal("120.00"), RequestState.REQUESTED)
    assert LedgerEntry.objects.filter(posting=wrong).standing().count() == 3
    with pytest.raises(Refused, match="已在申请冲销"):
        _ask(wrong)
    with pytest.raises(Refused, match="不能审批自己的申请"):
        services.approve(subject=asked, actor=ledger.officer("finance"))
    done = services.approve(subject=asked, actor=ledger.officer("chair"))
    assert done.posting is not None
    assert (done.state, done.posting.kind, done.posting.total) == (
        RequestState.POSTED,
        PostingKind.REVERSAL,
        Decimal("-120.00"),
    )
    assert (done.posting.prepared_by, done.posting.approved_by) == (asked.requested_by, ledger.officer("chair"))
    with pytest.raises(Refused):
        services.approve(subject=asked, actor=ledger.officer("chair"))
    with pytest.raises(Refused, match="已经冲销"):
        _ask(wrong)
    assert _ask(wrong, entries=LedgerEntry.objects.filter(posting=wrong).standing()).amount == Decimal("3.00")


def test_entries_of_two_postings_are_not_reversed_in_one() -> None:
    fund = ledger.open_book(2024)
    both = [ledger.posting(fund, source_key=key) for key in ("a", "b")]
    with pytest.raises(DomainError, match="同一张台账单"):
        _ask(both[0], entries=LedgerEntry.objects.filter(posting__in=both))
    with pytest.raises(DomainError, match="请勾选"):
        _ask(both[0], entries=())


def test_a_request_that_is_declined_or_withdrawn_posts_nothing() -> None:
    wrong = ledger.posting(ledger.open_book(2024), source_key="wrong")
    with pytest.raises(Refused, match="只能撤回自己的申请"):
        services.withdraw(subject=_ask(wrong), actor=ledger.officer("chair"), why="不需要")
    first = PostingRequest.objects.get()
    assert services.withdraw(subject=first, actor=first.requested_by, why="填错").state == RequestState.WITHDRAWN
    second = services.decline(subject=_ask(wrong), actor=ledger.officer("chair"), why="依据不足")
    assert (second.state, second.decided_by) == (RequestState.DECLINED, ledger.officer("chair"))
    assert Posting.objects.count() == 1


def test_income_is_posted_and_what_concerns_a_closed_year_is_an_adjustment() -> None:
    with pytest.raises(DomainError, match="收入类"):
        _income(account=LedgerAccount.objects.get(code="50205"))
    done = services.approve(subject=_income(), actor=ledger.officer("chair"))
    assert done.posting is not None
    assert (done.posting.kind, done.posting.total) == (PostingKind.INCOME, Decimal(5000))
    assert "校财务处" not in done.posting.summary
    year = FiscalYear.objects.get(year=2024)
    take(subject=year, action="close", actor=ledger.officer("finance"))
    with pytest.raises(Refused, match="以前年度调整"):
        services.approve(subject=_income(), actor=ledger.officer("chair"))
    late = services.approve(subject=_income(posted_on=dt.date(2025, 2, 1)), actor=ledger.officer("chair"))
    assert late.posting is not None
    assert (late.posting.kind, late.posting.year) == (PostingKind.ADJUSTMENT, 2025)
    # So is the reversal of what stands in the closed year.
    back = _ask(done.posting, posted_on=dt.date(2025, 2, 2))
    back = services.approve(subject=back, actor=ledger.officer("chair"))
    assert back.posting is not None
    assert (back.posting.kind, back.posting.year) == (PostingKind.ADJUSTMENT, 2025)


def test_a_fund_has_one_opening_balance_until_it_is_reversed() -> None:
    def ask(amount: int) -> PostingRequest:
        return services.request_opening(
            fund=welfare.fund(), amount=Decimal(amount), posted_on=DAY, document="决算", actor=ledger.officer("finance")
        )

    first = services.approve(subject=ask(800), actor=ledger.officer("chair"))
    assert first.posting is not None
    assert (first.posting.kind, first.occurred_on) == (PostingKind.OPENING, dt.date(2024, 1, 1))
    with pytest.raises(DomainError, match="期初结余已登记"):
        ask(900)
    services.approve(subject=_ask(first.posting), actor=ledger.officer("chair"))
    first.refresh_from_db()
    assert first.state == RequestState.REVERSED
    # A fund that began with nothing is known without a posting.
    nothing = services.approve(subject=ask(0), actor=ledger.officer("chair"))
    assert (nothing.state, nothing.posting) == (RequestState.POSTED, None)


def test_the_database_itself_wants_a_second_person() -> None:
    asked = _income()
    with pytest.raises(IntegrityError), transaction.atomic():
        PostingRequest.objects.filter(pk=asked.pk).update(decided_by=asked.requested_by)


def test_no_day_to_come_is_posted() -> None:
    with pytest.raises(DomainError, match="不能晚于今天"):
        _income(posted_on=dt.date(2999, 1, 1))


def test_finance_asks_and_the_others_approve() -> None:
    finance, chair, officer = (members.account_with_role(role) for role in (Role.FINANCE, Role.CHAIR, Role.WELFARE))
    asks = [user.has_perm("welfare.enter_postingrequest") for user in (finance, chair, officer)]
    approves = [user.has_perm("welfare.approve_postingrequest") for user in (finance, chair, officer)]
    assert (asks, approves) == ([True, False, False], [True, True, False])


pytestmark = pytest.mark.django_db
