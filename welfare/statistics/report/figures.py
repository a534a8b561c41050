"""What the welfare app counts, made into figures."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from members.totals.report import Summaries, within
from union_portal.base.figures import Figure, FigureRequest, FigureSource
from union_portal.base.sql import planned
from welfare.statistics.report.grants import Counted, count_covers, count_grants, members_on
from welfare.statistics.report.rows import rows
from welfare.statistics.report.spending import sum_entries
from welfare.statistics.report.vocabulary import COVER, FESTIVALS_HELD, Vocabulary, is_money


def count(requests: Sequence[FigureRequest]) -> list[Figure]:
    """Answer requests for the welfare kinds; nine queries, however many requests, grants and entries there are."""
    vocabulary = Vocabulary.read()
    summaries = Summaries(requests)
    # Compiling the plans takes longer than they run, and merging sorts what a hash would find.
    with planned(jit="off", enable_mergejoin="off", work_mem="32MB"):
        grants = count_grants(requests, vocabulary, summaries)
        covers = count_covers(requests, vocabulary, summaries)
        spent = sum_entries(requests)
        members = members_on(_days(requests, grants, covers, vocabulary))
    figures = []
    for number, request in enumerate(requests):
        kind = request.kinds[0]
        if is_money(kind):
            figure = _spent(request, vocabulary, spent.get(number))
        elif within(kind, [COVER]):
            figure = _cover(request, vocabulary, covers.get(number, Counted()), members.get(number))
        else:
            figure = _granted(request, vocabulary, grants.get(number, Counted()), members.get(number))
        figures.append(summaries.add(number, figure))
    return figures


def _days(
    requests: Sequence[FigureRequest],
    grants: dict[int, Counted],
    covers: dict[int, Counted],
    vocabulary: Vocabulary,
) -> list[tuple[int, date, str]]:
    """Return the days on which a figure's denominator, the members of that day, is asked for."""
    days: list[tuple[int, date, str]] = []
    for number, request in enumerate(requests):
        plans = vocabulary.plans_of(request.kinds)
        genders = {gender for pk, _code, _name, gender in vocabulary.plans if pk in plans}
        if number in covers and covers[number].first:
            days.append((number, covers[number].first, genders.pop() if len(genders) == 1 else ""))  # type: ignore[arg-type]
        elif number in grants and grants[number].occasions and grants[number].last:
            days.append((number, grants[number].last, ""))  # type: ignore[arg-type]
    return days


def _label(request: FigureRequest, vocabulary: Vocabulary) -> str:
    return request.label or "、".join(vocabulary.label(kind) for kind in request.kinds)


def _granted(request: FigureRequest, vocabulary: Vocabulary, counted: Counted, members: int | None) -> Figure:
    held = request.kinds[0] == FESTIVALS_HELD
    return Figure(
        key=request.key,
        label=_label(request, vocabulary),
        kinds=request.kinds,
        period=request.period,
        heads=None if held else counted.heads,
        times=counted.occasions if held else counted.times,
        amount=counted.amount,
        unit_price=counted.unit_price,
        numerator=counted.heads if members or counted.locked else None,
        denominator=counted.due if counted.locked else members,
        unit="个" if held else "人",
        basis=_granted_basis(counted, members),
    )


def _granted_basis(counted: Counted, members: int | None) -> str:
    if not counted.times:
        return "慰问（发放）记录，按发放日期计"
    span = f"{counted.first:%Y-%m-%d}" + (f"至{counted.last:%Y-%m-%d}" if counted.last != counted.first else "")
    parts = [f"慰问（发放）记录，按发放日期计（{span}）"]
    if counted.locked:
        parts.append(f"锁定名册应发{counted.due}人")
    elif members is not None:
        parts.append(f"{counted.last:%Y-%m-%d}在册会员{members}人")
    if counted.unpriced:
        parts.append(f"其中{counted.unpriced}条未记金额")
    return "；".join(parts)


def _cover(request: FigureRequest, vocabulary: Vocabulary, counted: Counted, members: int | None) -> Figure:
    basis = "参保记录，按缴费日期计"
    if counted.first:
        basis += f"；{counted.first:%Y-%m-%d}参保当日在册{'会员' if members is not None else ''}{members or 0}人"
    return Figure(
        key=request.key,
        label=_label(request, vocabulary),
        kinds=request.kinds,
        period=request.period,
        heads=counted.heads,
        times=counted.times,
        amount=counted.amount,
        unit_price=counted.unit_price,
        numerator=counted.heads if members else None,
        denominator=members,
        unit="人",
        basis=basis,
    )


def _spent(request: FigureRequest, vocabulary: Vocabulary, found: tuple[Decimal, int] | None) -> Figure:
    amount, entries = found or (Decimal("0.00"), 0)
    return Figure(
        key=request.key,
        label=_label(request, vocabulary),
        kinds=request.kinds,
        period=request.period,
        times=entries,
        amount=amount,
        unit="元",
        basis="台账明细，按业务发生日期计，已减冲销",
    )


SOURCE = FigureSource(app="welfare", kinds=lambda: Vocabulary.read().kinds(), count=count, rows=rows)
