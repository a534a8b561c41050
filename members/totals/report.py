"""How totals without rosters (往年数据补录) enter figures: whole or not at all, and nobody is counted twice.

A summary counts when its period lies wholly inside the one asked. For the measures it gives, the details of its kinds
and days are taken to be contained in it, so they are left out of the detail count; measures it leaves empty are counted
from the details.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from members.totals.enums import MEASURES
from members.totals.models import SummaryRecord
from union_portal.base.figures import OF_YEAR, Figure, FigureRequest


@dataclass(frozen=True)
class Covered:
    """Details of a kind and of these days that a counted summary already contains, for one measure of one request."""

    request: int
    kind: str
    start: object
    end: object
    measure: str


def within(kind: str, kinds: Iterable[str]) -> bool:
    """Tell whether a kind is one of the kinds or lies below one of them (`welfare.festival.spring`).

    A total names no days, so it is the same whichever day the kind is counted by.
    """
    return any(kind == other or kind.startswith(other + ".") for other in (one.removesuffix(OF_YEAR) for one in kinds))


def _as_asked(kind: str, kinds: tuple[str, ...]) -> str:
    """Return the kind by whose day the details were asked for."""
    by_year = any(other.endswith(OF_YEAR) and within(kind, (other,)) for other in kinds)
    return kind.removesuffix(OF_YEAR) + OF_YEAR if by_year else kind


class Summaries:
    """The summaries that bear on a set of requests, read with one query."""

    def __init__(self, requests: Sequence[FigureRequest]) -> None:
        self.requests = requests
        start = min(request.period.start for request in requests)
        end = max(request.period.end for request in requests)
        asked = list(SummaryRecord.objects.filter(period_start__lte=end, period_end__gte=start))
        self.counted: list[list[SummaryRecord]] = []
        self.left_out: list[list[SummaryRecord]] = []
        for request in requests:
            bearing = [row for row in asked if any(within(kind, request.kinds) for kind in row.kinds)]
            inside = [row for row in bearing if self._counts(row, request)]
            self.counted.append(inside)
            self.left_out.append(
                [
                    row
                    for row in bearing
                    if row not in inside
                    and row.period_start <= request.period.end
                    and row.period_end >= request.period.start
                ]
            )

    @staticmethod
    def _counts(row: SummaryRecord, request: FigureRequest) -> bool:
        whole = request.period.start <= row.period_start and row.period_end <= request.period.end
        return whole and all(within(kind, request.kinds) for kind in row.kinds)

    def covered(self) -> list[Covered]:
        """Return what the detail count must leave out."""
        return [
            Covered(number, _as_asked(kind, self.requests[number].kinds), row.period_start, row.period_end, measure)
            for number, rows in enumerate(self.counted)
            for row in rows
            for kind in row.kinds
            for measure in MEASURES
            if getattr(row, measure) is not None
        ]

    def add(self, number: int, figure: Figure) -> Figure:
        """Return the figure of request `number` with its summaries added and its basis saying so."""
        rows = self.counted[number]
        left_out = tuple(_name(row) for row in self.left_out[number])
        if not rows:
            return replace(figure, left_out=left_out)
        heads = _total(figure.heads, [row.heads for row in rows])
        times = _total(figure.times, [row.times for row in rows])
        amount = _total(figure.amount, [row.amount for row in rows])
        reasons = [row.not_held_reason for row in rows if row.not_held_reason]
        sources = "、".join(dict.fromkeys(row.source for row in rows))
        basis = "；".join(
            part
            for part in (
                figure.basis if not figure.empty else "",
                f"往年数据补录{len(rows)}条（{sources}），同期明细不重复计",
            )
            if part
        )
        return replace(
            figure,
            heads=None if heads is None else int(heads),
            times=None if times is None else int(times),
            amount=None if amount is None else Decimal(amount),
            unit_price=None if amount is not None and rows else figure.unit_price,
            numerator=None,
            denominator=None,
            approximations={one: row.word_of(one) for row in rows for one in MEASURES if row.word_of(one)},
            basis=basis,
            summary=True,
            reason=figure.reason or "；".join(reasons),
            left_out=left_out,
        )


def _total(detail: int | Decimal | None, parts: list[int | None] | list[Decimal | None]) -> int | Decimal | None:
    given = [part for part in parts if part is not None]
    if not given:
        return detail
    return (detail or 0) + sum(given)


def _name(row: SummaryRecord) -> str:
    what = row.label or "往年数据补录"
    return f"{what}（{row.period_start:%Y-%m-%d}至{row.period_end:%Y-%m-%d}）未整段落在统计期内，未计入"
