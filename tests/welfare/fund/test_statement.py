"""A year's statement: the worked example figure by figure, and thirty accounts against a sum made apart."""

import datetime as dt
import io
import random
from collections import defaultdict
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from tests.factories import ledger, members
from tests.factories.accounts import signed_in
from union_portal.accounts.enums import Access, Role
from union_portal.accounts.models import AccessEntry
from welfare.books.enums import AccountKind, Counting
from welfare.books.models import Book, ChartAccount, FiscalYear, Fund, LedgerAccount
from welfare.fund.enums import Rounding, Scope, Unit
from welfare.fund.services.sheet import sheet
from welfare.fund.services.statement import Line, statement
from welfare.ledger.enums import PostingKind
from welfare.ledger.services import posting as service

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shared_rows")]
D = Decimal
PAGE = reverse("welfare:fund_statement")
BUDGET = {
    "402": "800000",
    "401": "150000",
    "403": "150000",
    "408": "50000",
    "50101": "30000",
    "50102": "250000",
    "50103": "20000",
    "50105": "400000",
    "503": "120000",
    "504": "150000",
    "505": "100000",
    "507": "50000",
}
ACTUAL = {
    "402": "800000",
    "401": "150000",
    "403": "200000",
    "408": "50000",
    "50101": "24000",
    "50102": "281000",
    "50103": "20000",
    "50105": "410000",
    "503": "96000",
    "504": "141000",
    "505": "88000",
    "510": "500",
}


def account(code: str, **more: Any) -> LedgerAccount:
    """Return an account of the ledger of its own that is reported under this account of the chart."""
    chart = ChartAccount.objects.get(code=code)
    number = LedgerAccount.objects.count()
    return LedgerAccount.objects.create(code=f"S{number}", name=chart.name, kind=chart.kind, chart=chart, **more)


def post(fund: Fund, year: int, amounts: list[tuple[LedgerAccount, Decimal]]) -> None:
    day = dt.date(year, 3, 1)
    for kind, of in ((AccountKind.INCOME, PostingKind.INCOME), (AccountKind.EXPENSE, PostingKind.RECORDED)):
        lines = [service.EntryLine(one, fund, amount, day) for one, amount in amounts if one.kind == kind]
        if lines:
            service.post(
                book=fund.book,
                posted_on=day,
                kind=of,
                summary="记账",
                entries=lines,
                approval=ledger.approval(),
                source_key=f"statement:{fund.pk}:{year}:{of}:{random.random()}",  # noqa: S311
            )


def by_code(total: Line) -> dict[str, Line]:
    return {line.code: line for top in total.below for line in top.all()}


@pytest.fixture(scope="module")
def union(one_data_set: Any) -> Book:
    """Return the book of the worked example: 2025 with 2024 before it."""
    fund = ledger.open_book(2024, 2025)
    ledger.opened(fund, "300000", on=dt.date(2025, 1, 1))
    post(fund, 2024, [(account("402"), D("1080000"))])
    post(fund, 2025, [(account(code), D(amount)) for code, amount in ACTUAL.items()])
    ledger.adopted(ledger.budget(book=fund.book, year=2025, **{f"_{code}": amount for code, amount in BUDGET.items()}))
    return fund.book


def test_the_worked_example_figure_by_figure(union: Book) -> None:
    told = statement(book=union, year=2025)
    income, expense = told.income, told.expense
    assert (income.budget, income.actual, income.rate) == (D(1150000), D(1200000), D("104.35"))
    assert (income.before, income.growth) == (D(1080000), D("11.11"))
    assert {code: line.share for code, line in by_code(income).items()} == {
        "402": D("66.67"),
        "401": D("12.50"),
        "403": D("16.67"),
        "408": D("4.17"),
    }
    assert income.share == D("100.01")
    found = {
        code: (line.budget, line.actual, line.rate, line.difference, line.share)
        for code, line in by_code(expense).items()
        if line.level == 1
    }
    assert found == {
        "501": (D(700000), D(735000), D("105.00"), D(35000), D("69.31")),
        "503": (D(120000), D(96000), D("80.00"), D(-24000), D("9.05")),
        "504": (D(150000), D(141000), D("94.00"), D(-9000), D("13.30")),
        "505": (D(100000), D(88000), D("88.00"), D(-12000), D("8.30")),
        "507": (D(50000), D(0), D("0.00"), D(-50000), D("0.00")),
        "510": (D(0), D(500), None, D(500), D("0.05")),
    }
    rates = {code: line.rate for code, line in by_code(expense).items() if line.level == 2}
    assert rates == {"50101": D("80.00"), "50102": D("112.40"), "50103": D("100.00"), "50105": D("102.50")}
    assert (expense.budget, expense.actual, expense.rate) == (D(1120000), D(1060500), D("94.69"))
    assert (expense.difference, expense.share) == (D(-59500), D("100.01"))
    assert (told.opening, told.closing, told.unknown) == (D(300000), D(439500), ())
    assert any("未列预算的支出：其他支出" in note for note in sheet(told).notes)


def test_shares_may_be_made_to_fill_up_to_a_hundred(union: Book) -> None:
    told = statement(book=union, year=2025, rounding=Rounding.WHOLE)
    assert [line.share for line in told.expense.below] == [
        *(D("69.31"), D("9.05"), D("13.29"), D("8.30"), D("0.00"), D("0.05"))
    ]
    assert sorted(line.share for line in told.income.below if line.share) == [
        *(D("4.16"), D("12.50"), D("16.67"), D("66.67"))
    ]
    assert told.income.share == told.expense.share == D(100)
    assert not any("四舍五入" in note for note in sheet(told, rounding=Rounding.WHOLE).notes)


def test_thirty_accounts_to_the_cent_against_a_sum_of_its_own(one_data_set: Any) -> None:
    draw = random.Random(30)  # noqa: S311
    leaves = [
        *ChartAccount.objects.filter(kind="expense", children=None).order_by("code")[:22],
        *ChartAccount.objects.filter(kind="income", children=None).order_by("code")[:8],
    ]
    fund = ledger.open_book(2023)
    ledger.opened(fund, "1234567.89", on=dt.date(2023, 1, 1))
    budgets = {one.code: D(draw.randrange(1, 10**8)) / 100 for one in leaves}
    accounts = {one.code: account(one.code) for one in leaves}
    entries = [(code, D(draw.randrange(1, 10**7)) / 100) for code in accounts for _number in range(7)]
    post(fund, 2023, [(accounts[code], amount) for code, amount in entries])
    ledger.adopted(
        ledger.budget(book=fund.book, year=2023, **{f"_{code}": str(all_) for code, all_ in budgets.items()})
    )
    cents: dict[str, int] = defaultdict(int)
    for code, amount in entries:
        for part in {code[:3], code, code[0]}:
            cents[part] += int(amount * 100)
    told = statement(book=fund.book, year=2023)
    found = {**by_code(told.income), **by_code(told.expense), "4": told.income, "5": told.expense}
    assert len(leaves) == 30
    assert {code: int(line.actual * 100) for code, line in found.items()} == cents
    assert {code: found[code].budget for code in budgets} == budgets
    assert told.expense.budget == sum(all_ for code, all_ in budgets.items() if code[0] == "5")
    assert int(told.closing * 100) == 123456789 + cents["4"] - cents["5"]
    client = signed_in(members.account_with_role(Role.FINANCE))
    answer = client.get(f"{PAGE}?book={fund.book.pk}&year=2023&as=xlsx")
    book = load_workbook(io.BytesIO(b"".join(answer)))
    rows: list[list[Any]] = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows(min_row=2)]
    printed = {str(row[1]): round(row[5] * 100) for row in rows if row[0] in {"收入", "支出"} and row[1]}
    assert printed == {code: amount for code, amount in cents.items() if len(code) > 1}
    sums = {row[0]: round(row[5] * 100) for row in rows if row[2] in {"收入合计", "支出合计"}}
    assert sums == {"收入": cents["4"], "支出": cents["5"]}
    assert not any(str(cell).startswith("=") for row in rows for cell in row)
    assert AccessEntry.objects.filter(action=Access.EXPORT, kind="welfare.fund").exists()


def test_in_ten_thousands_sums_are_rounded_from_the_exact_amounts_and_the_gap_is_said(one_data_set: Any) -> None:
    fund = ledger.open_book(2022)
    post(fund, 2022, [(account(code), D("40.00")) for code in ("501", "503", "504")])
    rows = sheet(statement(book=fund.book, year=2022), unit=Unit.WAN).expense
    assert [(row.name, row.actual) for row in rows][-2:] == [("四舍五入", D("0.01")), ("支出合计", D("0.01"))]
    assert statement(book=fund.book, year=2022).unknown == (fund.name,)


def test_what_a_branch_was_given_is_counted_once(one_data_set: Any) -> None:
    own = ledger.open_book(2021)
    branch_book = Book.objects.create(code="SB", name="分会小账", branch=members.branch())
    small = Fund.objects.create(code="SMALL", name="小账", book=branch_book)
    FiscalYear.objects.create(book=branch_book, year=2021)
    given, got = account("508", counting=Counting.BETWEEN), account("403", counting=Counting.BETWEEN)
    post(own, 2021, [(account("402"), D(1000)), (given, D(300)), (account("501"), D(100))])
    post(small, 2021, [(got, D(250)), (account("501"), D(80))])
    alone, together = statement(book=own.book, year=2021), statement(book=own.book, year=2021, scope=Scope.ALL)
    assert (alone.expense.actual, alone.closing) == (D(400), D(600))
    assert (together.income.actual, together.expense.actual) == (D(1000), D(180))
    assert [(one.came, one.went) for one in together.asides] == [(D(250), D(300))]
    assert together.closing == D(600) + D(170)


def test_what_passes_through_is_neither_income_nor_spending(one_data_set: Any) -> None:
    fund = ledger.open_book(2020)
    whole, up = account("402", counting=Counting.PASSING), account("510", counting=Counting.PASSING)
    post(fund, 2020, [(whole, D(1000)), (up, D(1000)), (account("403"), D(600))])
    told = statement(book=fund.book, year=2020)
    assert (told.income.actual, told.expense.actual, told.closing) == (D(600), D(0), D(600))


def test_an_account_that_leads_nowhere_is_shown_and_not_lost(one_data_set: Any) -> None:
    fund = ledger.open_book(2019)
    post(fund, 2019, [(ledger.account(), D(7))])
    told = statement(book=fund.book, year=2019)
    assert told.expense.actual == D(7)
    assert "未对应列报科目" in told.expense.below[0].name


def test_accounts_of_the_older_chart_are_reported_under_the_one_in_force(one_data_set: Any) -> None:
    led = dict(LedgerAccount.objects.exclude(chart=None).filter(code__lt="6").values_list("code", "chart__code"))
    expected = {"502": "504", "503": "505", "504": "506", "505": "507", "506": "508", "507": "509", "508": "510"}
    assert {code: led[code] for code in expected} == expected
    assert led["50104"] == "50105"


@pytest.mark.parametrize("unit", Unit.values)
def test_page_and_paper_show_the_statement_to_whoever_sees_the_money(union: Book, unit: str) -> None:
    asked: dict[str, Any] = {"book": union.pk, "year": "2025", "unit": unit}
    seen = signed_in(members.account_with_role(Role.AUDIT)).get(PAGE, asked).content.decode()
    assert ("1,060,500.00" if unit == Unit.YUAN else "106.05") in seen
    assert "104.35" in seen
    assert "未列预算" in seen
    paper = signed_in(members.account_with_role(Role.AUDIT)).get(PAGE, {**asked, "as": "pdf"})
    assert b"".join(paper).startswith(b"%PDF")
    assert signed_in(members.account_with_role(Role.ORGANISATION)).get(PAGE, asked).status_code == 403
