"""A statement as rows of text and numbers, in yuan or in 万元: what page, spreadsheet and paper print alike."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from welfare.fund.enums import Rounding, Unit
from welfare.fund.services.statement import Line, Statement

_CENT = Decimal("0.01")
_STEP = {Unit.YUAN: Decimal(1), Unit.WAN: Decimal(10_000)}


@dataclass(frozen=True)
class Row:
    """One printed row; amounts in the sheet's unit, None where nothing is said."""

    name: str
    level: int
    code: str = ""
    budget: Decimal | None = None
    actual: Decimal | None = None
    rate: Decimal | None = None
    difference: Decimal | None = None
    growth: Decimal | None = None
    share: Decimal | None = None
    reason: str = ""
    unplanned: bool = False


@dataclass(frozen=True)
class Sheet:
    """Income, spending and what is left, with the notes that explain how they are written."""

    income: list[Row]
    expense: list[Row]
    balance: list[Row]
    notes: list[str]


def converted(amount: Decimal, unit: str) -> Decimal:
    """Return an amount of yuan in the unit, rounded half up to two decimals."""
    return (amount / _STEP[Unit(unit)]).quantize(_CENT, rounding=ROUND_HALF_UP)


def sheet(told: Statement, *, unit: str = Unit.YUAN, rounding: str = Rounding.PLAIN) -> Sheet:
    """Write a statement; sums are rounded from the exact amounts, what the rounded parts miss has a row of its own."""
    asides = [
        Row(
            f"{one.name}：收 {converted(one.came, unit):,}，付 {converted(one.went, unit):,}",
            1,
            actual=converted(one.rest, unit),
        )
        for one in told.asides
    ]
    balance = [
        Row("上年结余", 1, actual=converted(told.opening, unit)),
        Row("本年收入", 1, actual=converted(told.income.actual, unit)),
        Row("本年支出", 1, actual=converted(told.expense.actual, unit)),
        Row("本年收支相抵", 1, actual=converted(told.balance, unit)),
        *asides,
        Row("累计结余", 0, actual=converted(told.closing, unit)),
    ]
    return Sheet(list(_rows(told.income, unit)), list(_rows(told.expense, unit)), balance, _notes(told, rounding))


def _rows(total: Line, unit: str) -> Iterator[Row]:
    for line in total.below:
        for one in line.all():
            yield _row(one, unit)
    sums = [(total.budget, [one.budget for one in total.below]), (total.actual, [one.actual for one in total.below])]
    budget, actual = (converted(all_, unit) - sum(converted(part, unit) for part in parts) for all_, parts in sums)
    if budget or actual:
        yield Row("四舍五入", 1, budget=budget, actual=actual)
    yield _row(total, unit)


def _row(line: Line, unit: str) -> Row:
    return Row(
        line.name,
        line.level,
        line.code,
        converted(line.budget, unit),
        converted(line.actual, unit),
        line.rate,
        converted(line.difference, unit),
        line.growth,
        line.share,
        line.reason,
        line.unplanned and line.level > 0,
    )


def _notes(told: Statement, rounding: str) -> list[str]:
    found = []
    odd = [one.share for one in (told.income, told.expense) if one.share not in (None, Decimal(100))]
    if rounding == Rounding.PLAIN and odd:
        found.append("占比按四舍五入列出，各项相加可能不等于 100%。")
    if told.unknown:
        found.append(f"以下资金来源期初未登记，结余未计其期初：{'、'.join(told.unknown)}。")
    unplanned = [one.name for top in (told.expense,) for line in top.below for one in line.all() if one.unplanned]
    if unplanned:
        found.append(f"未列预算的支出：{'、'.join(unplanned)}。")
    if len(told.books) > 1:
        found.append(f"合并账套：{'、'.join(map(str, told.books))}；校内拨付不重复计算。")
    return found
