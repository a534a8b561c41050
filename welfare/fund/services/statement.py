"""A year's income and spending against the budget, by the chart of accounts: the rows behind the page and its files.

The year is the one of the postings, as in the funds' balances. What only passes through a book, and in a statement of
the union with its branches what one book pays another, stands beside income and spending and is in neither.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Sum

from union_portal.base.money import shares
from welfare.balances.models import FundBalance
from welfare.books.enums import AccountKind, Counting
from welfare.books.models import Book, ChartAccount, LedgerAccount
from welfare.fund.enums import Rounding, Scope
from welfare.fund.models import BudgetLine
from welfare.ledger.models import LedgerEntry

_CENT = Decimal("0.01")
ZERO = Decimal("0.00")


def percent(part: Decimal, whole: Decimal | None) -> Decimal | None:
    """Return the percentage, rounded half up to two decimals; None where there is nothing to compare with."""
    return (part * 100 / whole).quantize(_CENT, rounding=ROUND_HALF_UP) if whole else None


@dataclass
class Line:
    """An account of a statement, with what lies below it; amounts in yuan.

    `before` is the year before, `reserved` what was approved and is not paid yet.
    """

    code: str
    name: str
    level: int = 1
    budget: Decimal = ZERO
    actual: Decimal = ZERO
    before: Decimal = ZERO
    reserved: Decimal = ZERO
    reasons: list[str] = field(default_factory=list)
    share: Decimal | None = None
    below: list["Line"] = field(default_factory=list)

    @property
    def rate(self) -> Decimal | None:
        """What was reached of the budget, in percent; None without a budget."""
        return percent(self.actual, self.budget)

    @property
    def difference(self) -> Decimal:
        """What came out above the budget."""
        return self.actual - self.budget

    @property
    def left(self) -> Decimal:
        """What of the budget is neither spent nor reserved."""
        return self.budget - self.actual - self.reserved

    @property
    def growth(self) -> Decimal | None:
        """The change against the year before, in percent."""
        return percent(self.actual - self.before, self.before)

    @property
    def unplanned(self) -> bool:
        """Whether money moved that no budget names."""
        return bool(self.actual) and not self.budget

    @property
    def reason(self) -> str:
        """Why it came out otherwise."""
        return "；".join(self.reasons)

    def all(self) -> Iterable["Line"]:
        """Yield the line, then those below it."""
        yield self
        for one in self.below:
            yield from one.all()


@dataclass(frozen=True)
class Aside:
    """What is in neither income nor spending: what passes through, or what books of the union pay each other."""

    name: str
    came: Decimal
    went: Decimal

    @property
    def rest(self) -> Decimal:
        """What came and has not gone."""
        return self.came - self.went


@dataclass(frozen=True)
class Statement:
    """A year of one book, or of the union with its branches; `unknown` names funds whose opening nobody registered."""

    books: tuple[Book, ...]
    year: int
    opening: Decimal
    unknown: tuple[str, ...]
    income: Line
    expense: Line
    asides: tuple[Aside, ...]

    @property
    def balance(self) -> Decimal:
        """Income less spending of the year."""
        return self.income.actual - self.expense.actual

    @property
    def closing(self) -> Decimal:
        """What is left at the end of the year."""
        return self.opening + self.balance + sum((one.rest for one in self.asides), ZERO)


def statement(
    *,
    book: Book,
    year: int,
    scope: str = Scope.OWN,
    rounding: str = Rounding.PLAIN,
    reserved: Mapping[int, Decimal] | None = None,
) -> Statement:
    """Return the book's statement; with the branches' books of the school where the scope is all. Six queries.

    `reserved` is by the ledger's account what was approved and is not paid, where that is to be told.
    """
    books = [book, *(Book.objects.exclude(branch=None).exclude(pk=book.pk) if scope == Scope.ALL else ())]
    balances = FundBalance.objects.filter(fund__book__in=books, year=year).select_related("fund")
    opened = [(one.fund.name, one.opening, one.income or one.expense) for one in balances]
    sums, asides = _sums(books, year, together=scope == Scope.ALL)
    tops = _tree(books, year, sums, reserved or {})
    told = {kind: _total(words, tops[kind], rounding) for kind, words in _TOTALS.items()}
    return Statement(
        books=tuple(books),
        year=year,
        opening=sum((opening for _name, opening, _moved in opened if opening is not None), ZERO),
        unknown=tuple(name for name, opening, moved in opened if opening is None and moved),
        income=told[AccountKind.INCOME],
        expense=told[AccountKind.EXPENSE],
        asides=asides,
    )


_TOTALS = {AccountKind.INCOME: "收入合计", AccountKind.EXPENSE: "支出合计"}
_ASIDES = {Counting.BETWEEN: "校内拨付", Counting.PASSING: "代收上解"}
# Of an account of the ledger: what stands on it in the year, and in the one before.
_Sums = Mapping[int, tuple[Decimal, Decimal]]


def _sums(books: list[Book], year: int, *, together: bool) -> tuple[_Sums, tuple[Aside, ...]]:
    entries = LedgerEntry.objects.filter(posting__book__in=books, posting__year__in=(year - 1, year))
    rows = entries.exclude(account__kind=AccountKind.BALANCE).order_by()
    told = rows.values_list("account", "account__kind", "account__counting", "posting__year").annotate(
        sum=Sum("amount")
    )
    sums: dict[int, tuple[Decimal, Decimal]] = defaultdict(lambda: (ZERO, ZERO))
    aside: dict[tuple[str, str], Decimal] = defaultdict(lambda: ZERO)
    for account, kind, counting, of, amount in told:
        if counting == Counting.PASSING or (together and counting == Counting.BETWEEN):
            aside[counting, kind] += amount if of == year else ZERO
        else:
            now, before = sums[account]
            sums[account] = (now + amount, before) if of == year else (now, before + amount)
    found = (
        Aside(words, aside[counting, AccountKind.INCOME], aside[counting, AccountKind.EXPENSE])
        for counting, words in _ASIDES.items()
    )
    return sums, tuple(one for one in found if one.came or one.went)


def _tree(books: list[Book], year: int, sums: _Sums, reserved: Mapping[int, Decimal]) -> dict[str, list[Line]]:
    """Return the accounts of level 1 of either kind that have a budget or moved, each with those below it."""
    chart = {one.pk: one for one in ChartAccount.objects.filter(kind__in=_TOTALS).order_by("code")}
    lines = {pk: Line(one.code, one.name) for pk, one in chart.items()}
    planned = BudgetLine.objects.filter(budget__year__book__in=books, budget__year__year=year)
    for one in planned.prefetch_related("adjustments"):
        lines[one.account_id].budget += one.in_force
        lines[one.account_id].reasons += [one.reason] if one.reason else []
    tops: dict[str, list[Line]] = {kind: [] for kind in _TOTALS}
    accounts = LedgerAccount.objects.in_bulk()
    for account in {**sums, **reserved}:
        (now, before), held = sums.get(account, (ZERO, ZERO)), reserved.get(account, ZERO)
        leads = _leads(accounts[account], accounts)
        if leads is None:
            name = f"{accounts[account].name}（未对应列报科目）"
            tops[accounts[account].kind].append(Line(accounts[account].code, name, 1, ZERO, now, before, held))
        else:
            lines[leads].actual += now
            lines[leads].before += before
            lines[leads].reserved += held
    for pk, chart_account in reversed(chart.items()):
        _raise(lines[pk], chart_account, lines, tops)
    for found in tops.values():
        found.sort(key=lambda line: line.code)
        for line in found:
            _set_levels(line, 1)
    return tops


def _leads(account: LedgerAccount, accounts: Mapping[int, LedgerAccount]) -> int | None:
    """Return under which account of the chart it is reported: its own, or that of the nearest above it."""
    seen: set[int] = set()
    at: LedgerAccount | None = account
    while at is not None and at.pk not in seen:
        if at.chart_id is not None:
            return at.chart_id
        seen.add(at.pk)
        at = accounts.get(at.parent_id or 0)
    return None


def _raise(line: Line, account: ChartAccount, lines: Mapping[int, Line], tops: Mapping[str, list[Line]]) -> None:
    """Add the line to the one above it, or to the top; an account without budget and movement is left out."""
    if not (line.budget or line.actual or line.before or line.reserved or line.reasons):
        return
    if account.parent_id is None:
        tops[account.kind].append(line)
        return
    above = lines[account.parent_id]
    above.budget += line.budget
    above.actual += line.actual
    above.before += line.before
    above.reserved += line.reserved
    above.below.insert(0, line)


def _set_levels(line: Line, level: int) -> None:
    line.level = level
    for one in line.below:
        _set_levels(one, level + 1)


def _total(name: str, tops: list[Line], rounding: str) -> Line:
    """Return the sum of the accounts of level 1, each given its share of it."""
    total = Line(
        "",
        name,
        0,
        sum((one.budget for one in tops), ZERO),
        sum((one.actual for one in tops), ZERO),
        sum((one.before for one in tops), ZERO),
        sum((one.reserved for one in tops), ZERO),
        below=tops,
    )
    parts = [one.actual for one in tops]
    even = rounding == Rounding.WHOLE and all(part >= 0 for part in parts)
    for one, share in zip(
        tops, shares(parts, 2) if even else [percent(part, total.actual) for part in parts], strict=True
    ):
        one.share = share
    total.share = sum((one.share for one in tops if one.share is not None), ZERO) if total.actual else None
    return total
