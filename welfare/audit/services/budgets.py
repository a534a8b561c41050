"""Spending and the budget, and what was posted after the books were closed."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Exists, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.utils.http import urlencode

from union_portal.base.money import CENT, grouped
from welfare.audit.models import DuesTopUp
from welfare.audit.services.matters import Matter, in_year, who
from welfare.books.enums import AccountKind, Counting
from welfare.books.models import Book, ChartAccount, FiscalYearMove, LedgerAccount
from welfare.fund.models import Budget, BudgetLine
from welfare.ledger.enums import PostingKind
from welfare.ledger.models import LedgerEntry, Posting


@dataclass(frozen=True)
class _Spent:
    book: int
    account: int
    chart: int | None
    amount: Decimal


def _spent(year: int) -> list[_Spent]:
    """Return what each account of each book comes to in the year, and under which of the chart it is reported."""
    chart = Coalesce("account__chart", "account__parent__chart", "account__parent__parent__chart")
    rows = LedgerEntry.objects.filter(posting__year=year, account__kind=AccountKind.EXPENSE)
    told = (
        rows.exclude(account__counting=Counting.PASSING)
        .order_by()
        .values_list("posting__book", "account", chart)
        .annotate(sum=Sum("amount"))
    )
    return [_Spent(*one) for one in told if one[-1] > 0]


class _Chart:
    """The chart of accounts, upwards."""

    def __init__(self) -> None:
        self.above = dict(ChartAccount.objects.values_list("pk", "parent"))

    def up(self, account: int | None) -> Iterator[int]:
        """Yield the account, then those above it."""
        while account is not None:
            yield account
            account = self.above.get(account)


def without_budget(year: int) -> list[Matter]:
    """Return the accounts on which money was spent that no line of the book's budget covers.

    Of books for which no budget was ever drawn up nothing can be said.
    """
    chart = _Chart()
    planned: dict[int, set[int]] = defaultdict(set)
    for line in BudgetLine.objects.filter(budget__year__year=year).select_related("budget__year"):
        if line.in_force > 0:
            planned[line.budget.year.book_id] |= {line.account_id}
    budgeted = set(Budget.objects.filter(year__year__lte=year).values_list("year__book", flat=True))

    def covered(one: _Spent) -> bool:
        lines = planned[one.book]
        below = any(one.chart in chart.up(line) for line in lines) if one.chart else False
        return below or not lines.isdisjoint(chart.up(one.chart))

    found = [one for one in _spent(year) if one.book in budgeted and not covered(one)]
    books, accounts = Book.objects.in_bulk(), LedgerAccount.objects.in_bulk()
    return [
        Matter(
            on=in_year(year)[1],
            about=f"{books[one.book]} {year} 年“{accounts[one.account]}”",
            words="预算没有编列这一科目，也没有调整",
            amount=one.amount,
            model="ledgerentry",
            query=urlencode(
                {"account__id__exact": one.account, "posting__book__id__exact": one.book, "posting__year": year}
            ),
        )
        for one in found
    ]


def over_budget(year: int) -> list[Matter]:
    """Return the lines of the year's budgets of which more was spent than they allow, adjustments included."""
    chart = _Chart()
    sums: dict[tuple[int, int], Decimal] = defaultdict(Decimal)
    for one in _spent(year):
        for account in chart.up(one.chart):
            sums[one.book, account] += one.amount
    lines = BudgetLine.objects.filter(budget__year__year=year).select_related("budget__year__book", "account")
    found = []
    for line in lines.prefetch_related("adjustments"):
        actual, allowed = sums[line.budget.year.book_id, line.account_id], line.in_force
        if allowed > 0 and actual > allowed:
            words = f"预算 {grouped(allowed)} 元，已支出 {grouped(actual)} 元"
            about = f"{line.budget.year.book} {year} 年“{line.account}”"
            found.append(
                Matter(
                    on=in_year(year)[1],
                    about=about,
                    words=f"{words}；{line.reason}".rstrip("；"),
                    amount=actual - allowed,
                    model="budgetline",
                    pk=line.pk,
                )
            )
    return found


def topped_up(year: int) -> list[Matter]:
    """Return by which rules the members' activities cost more than the year's dues and their multiple."""
    first, last = in_year(year)
    rules = DuesTopUp.objects.filter(Q(valid_to=None) | Q(valid_to__gte=first), valid_from__lte=last)
    return [one for rule in rules.select_related("dues", "account") if (one := _topped(rule, year)) is not None]


def _topped(rule: DuesTopUp, year: int) -> Matter | None:
    first, last = max(in_year(year)[0], rule.valid_from), min(in_year(year)[1], rule.valid_to or dt.date.max)
    entries = LedgerEntry.objects.filter(posting__book__branch=None, posting__year=year, posting__posted_on__lte=last)
    entries = entries.filter(occurred_on__gte=first) if first > in_year(year)[0] else entries
    dues = _sum(entries.filter(_below("account__chart", rule.dues_id), account__kind=AccountKind.INCOME))
    spent = _sum(entries.filter(_below("account", rule.account_id)))
    allowed = (dues * (1 + rule.factor)).quantize(CENT)
    if spent <= allowed:
        return None
    words = f"会费 {grouped(dues)} 元，补助不超过 {rule.factor.normalize():f} 倍，合计可用 {grouped(allowed)} 元"
    return Matter(
        on=last,
        about=f"{year} 年“{rule.account}”支出 {grouped(spent)} 元",
        words=f"{words}，超出 {grouped(spent - allowed)} 元：{rule.source}",
        amount=spent - allowed,
        model="duestopup",
        pk=rule.pk,
    )


def _below(path: str, key: int) -> Q:
    return Q(**{path: key}) | Q(**{f"{path}__parent": key}) | Q(**{f"{path}__parent__parent": key})


def _sum(entries: "QuerySet[LedgerEntry]") -> Decimal:
    return entries.aggregate(sum=Sum("amount"))["sum"] or Decimal(0)


def after_closing(year: int) -> list[Matter]:
    """Return what was posted into the year after it had been closed and was opened again."""
    opened = FiscalYearMove.objects.filter(
        subject__book=OuterRef("book"), subject__year=OuterRef("year"), action="reopen"
    )
    rows = Posting.objects.filter(Exists(opened.filter(at__lte=OuterRef("posted_at"))), year=year)
    late = rows.filter(kind=PostingKind.RECORDED).select_related("book", "approved_by", "prepared_by")
    reasons = {
        (move.subject.book_id, move.subject.year): move.reason
        for move in FiscalYearMove.objects.filter(action="reopen", subject__year=year).select_related("subject")
    }
    return [
        Matter(
            on=one.posted_on,
            about=f"{one}：{one.summary}",
            words=f"{year} 年度结账后补记；重开原因：{reasons[one.book_id, one.year]}",
            amount=one.total,
            approver=who(one.approved_by),
            entered_by=who(one.prepared_by),
            model="posting",
            pk=one.pk,
        )
        for one in late
    ]
