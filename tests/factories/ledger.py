"""Books with open years, funds and accounts, ready to post into."""

import datetime as dt
import itertools
from decimal import Decimal
from typing import Any

from union_portal.accounts.models import User
from union_portal.base.steps import record, take
from welfare.books.enums import AccountKind
from welfare.books.models import Book, ChartAccount, FiscalYear, Fund, LedgerAccount
from welfare.fund.models import Budget, BudgetAdjustment, BudgetLine
from welfare.ledger.enums import PostingKind
from welfare.ledger.models import Posting
from welfare.ledger.services import posting as ledger
from welfare.posting_requests import services as requests
from welfare.posting_requests.enums import RequestKind
from welfare.posting_requests.models import PostingRequest

_numbers = itertools.count(1)


def book() -> Book:
    """Make a book without any year."""
    number = next(_numbers)
    return Book.objects.create(code=f"B{number}", name=f"工会经费账套{number}")


def fund(*, of: Book | None = None) -> Fund:
    """Make a fund of the book, or of a new one."""
    number = next(_numbers)
    return Fund.objects.create(code=f"F{number}", name=f"会费收入{number}", book=of or book())


def account(*, kind: AccountKind = AccountKind.EXPENSE) -> LedgerAccount:
    """Make an account."""
    return LedgerAccount.objects.create(code=f"T{next(_numbers)}", name="职工活动支出", kind=kind)


def open_book(*years: int) -> Fund:
    """Make a book with these years open (2024 unless given) and return a fund of it."""
    made = fund()
    FiscalYear.objects.bulk_create(FiscalYear(book=made.book, year=year) for year in years or (2024,))
    return made


def officer(staff_number: str) -> User:
    """Return the account with this staff number, made when it is new."""
    return User.objects.get_or_create(staff_number=staff_number, defaults={"name": staff_number})[0]


def approval() -> ledger.Approval:
    """Return the approval of one person's preparation by another, posted by a third."""
    return ledger.Approval(
        prepared_by=officer("preparer"), approved_by=officer("approver"), posted_by=officer("poster")
    )


def posting(
    into: Fund,
    *amounts: str,
    source_key: str,
    posted_on: dt.date = dt.date(2024, 2, 1),
    occurred_on: dt.date | None = None,
    kind: PostingKind = PostingKind.PURCHASE,
    year: int | None = None,
    approved: ledger.Approval | None = None,
) -> Posting:
    """Post these amounts (100.00 unless given) into the book of this fund."""
    under = LedgerAccount.objects.exclude(kind=AccountKind.BALANCE).first() or account()
    return ledger.post(
        book=into.book,
        posted_on=posted_on,
        kind=kind,
        summary="春节慰问品采购",
        entries=[
            ledger.EntryLine(under, into, Decimal(amount), occurred_on or posted_on)
            for amount in amounts or ("100.00",)
        ],
        approval=approved or approval(),
        source_key=source_key,
        year=year,
    )


def asked_income(*, by: User | None = None, **told: Any) -> PostingRequest:
    """Return a request for income that waits for a second person."""
    made = PostingRequest(
        kind=RequestKind.INCOME,
        fund=open_book(2024),
        account=account(kind=AccountKind.INCOME),
        amount=Decimal(500),
        occurred_on=dt.date(2024, 2, 1),
        posted_on=dt.date(2024, 2, 1),
        document=f"银行回单{next(_numbers)}",
        requested_by=by or officer("asker"),
        **told,
    )
    return record(made, actor=made.requested_by)


def opened(into: Fund, amount: str, *, on: dt.date) -> None:
    """Post the fund's balance at the beginning of the day's year."""
    asked = requests.request_opening(
        fund=into, posted_on=on, actor=officer("asker"), amount=Decimal(amount), document=f"决算表{next(_numbers)}"
    )
    requests.approve(subject=asked, actor=officer("approver"))


def budget(*, book: Book, year: int, **amounts: str) -> Budget:
    """Draw up a budget with these amounts by the codes of the chart (`_501="700000"`), its year opened if need be."""
    fiscal_year, _made = FiscalYear.objects.get_or_create(book=book, year=year)
    made = record(Budget(year=fiscal_year), actor=officer("finance"))
    for code, amount in amounts.items():
        under = ChartAccount.objects.get(code=code.strip("_"))
        record(BudgetLine(budget=made, account=under, amount=Decimal(amount)), actor=None)
    return made


def adopted(made: Budget) -> Budget:
    """Have the budget reviewed and adopted in January of its year."""
    day = dt.date(made.year.year, 1, 15)
    take(subject=made, action="review", actor=officer("auditor"), reviewed_on=day)
    return take(subject=made, action="adopt", actor=officer("chair"), adopted_on=day, decision="会员代表大会决议")


def adjusted() -> BudgetAdjustment:
    """Make an adjustment of a budget of its own."""
    made = adopted(budget(book=book(), year=2024, _501="1000.00"))
    told = BudgetAdjustment(
        line=made.lines.get(), amount=Decimal("50.00"), decided_on=dt.date(2024, 6, 1), decision="委员会会议纪要"
    )
    return record(told, actor=None)
