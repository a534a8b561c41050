"""Funds have balances by year, from the opening balance on."""

import datetime as dt
from decimal import Decimal

import pytest

from tests.factories import ledger
from welfare.balances.models import FundBalance
from welfare.balances.services import says_balance
from welfare.books.enums import AccountKind
from welfare.books.models import Fund, LedgerAccount
from welfare.ledger.enums import PostingKind
from welfare.ledger.services.posting import EntryLine, post
from welfare.posting_requests import services as requests

THREE = (2023, 2024, 2025)


def _post(fund: Fund, account: LedgerAccount, amount: int, day: dt.date) -> None:
    post(
        book=fund.book,
        posted_on=day,
        kind=PostingKind.INCOME,
        summary="会费收入",
        entries=[EntryLine(account, fund, Decimal(amount), day)],
        approval=ledger.approval(),
        source_key=f"{account.pk}:{amount}:{day}",
    )


def _opening(fund: Fund, amount: int, day: dt.date) -> None:
    asked = requests.request_opening(
        fund=fund, amount=Decimal(amount), posted_on=day, document="决算", actor=ledger.officer("finance")
    )
    requests.approve(subject=asked, actor=ledger.officer("chair"))


def test_a_balance_is_opening_and_income_less_expense(django_assert_num_queries: object) -> None:
    fund = ledger.open_book(*THREE)
    income, expense = ledger.account(kind=AccountKind.INCOME), ledger.account()
    for year in THREE:
        _post(fund, income, 1000 + year, dt.date(year, 2, 1))
        _post(fund, expense, 400, dt.date(year, 3, 1))
    assert set(FundBalance.objects.filter(fund=fund).values_list("balance", flat=True)) == {None}
    assert says_balance(fund=fund, on=dt.date(2024, 5, 1)) == f"“{fund}”期初未登记，无法核对结余。"
    _opening(fund, 500, dt.date(2024, 1, 5))
    rows = FundBalance.objects.filter(fund=fund).order_by("year")
    with django_assert_num_queries(1):  # type: ignore[operator]
        found = list(rows.values_list("year", "opening", "income", "expense", "balance"))
    assert found == [
        (2023, None, 3023, 400, None),
        (2024, 500, 3024, 400, 3124),
        (2025, 3124, 3025, 400, 5749),
    ]
    assert says_balance(fund=fund, on=dt.date(2024, 5, 1)) == f"“{fund}”2024年结余 3,124.00 元。"
    over = says_balance(fund=fund, on=dt.date(2024, 5, 1), more=Decimal(4000))
    assert over == f"注意：“{fund}”2024年结余为 -876.00 元，支出已超出结余。"


def test_a_fund_that_began_with_nothing_has_a_balance() -> None:
    fund = ledger.open_book(2024)
    _opening(fund, 0, dt.date(2024, 1, 5))
    [row] = FundBalance.objects.filter(fund=fund)
    assert (row.opening, row.balance) == (Decimal(0), Decimal(0))


pytestmark = pytest.mark.django_db
