"""How totals without rosters (往年数据补录) enter figures: nobody is counted twice, and what is unknown is not zero.

For the measures that a total gives, the details of its kinds and days are taken to be contained in it, so they are left
out of the detail count and the difference is told; measures that no total gives are counted from the details.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from members.totals.models import SummaryRecord
from members.totals.report.choosing import CALLED, Chosen, Scopes, choose, plain, row_has_number
from union_portal.base.figures import OF_YEAR, Figure, FigureRequest
from union_portal.base.figures.kind import Catalogue, Counted, Kind
from union_portal.base.figures.once import once
from union_portal.base.figures.wording import agrees, counted, share, word_of, yuan
from union_portal.base.periods import months_later

# What the details of a period are contained in; a rate has no details of its own.
_COUNTED = ("heads", "times", "amount")


@dataclass(frozen=True)
class Covered:
    """Details of a kind and of these days that a counted total already contains, for one measure of one request."""

    request: int
    kind: str
    start: object
    end: object
    measure: str


class Summaries:
    """The totals that bear on a set of requests, read with one query."""

    def __init__(self, requests: Sequence[FigureRequest], catalogue: Catalogue) -> None:
        self.requests = requests
        self.catalogue = catalogue
        scopes = Scopes(catalogue)
        start = min(request.period.start for request in requests)
        end = max(request.period.end for request in requests)
        told = SummaryRecord.objects.filter(period_start__lte=end, period_end__gte=start)
        rows = once(("totals", start, end), lambda: list(told))
        rows = [row for row in rows if catalogue.known(tuple(plain(kind) for kind in row.kinds))]
        self.chosen: list[Chosen] = [choose(rows, request, scopes) for request in requests]

    def covered(self) -> list[Covered]:
        """Return what the detail count must leave out."""
        return [
            Covered(
                number, self._as_asked(number, kind), row.period_start, row.period_end, self._told_by(kind, measure)
            )
            for number, chosen in enumerate(self.chosen)
            for measure in _COUNTED
            for row in chosen.counted[measure]
            for kind in row.kinds
        ]

    def _told_by(self, kind: str, measure: str) -> str:
        """Return what the records of a kind tell a measure by: numbers that are added up stand in their amounts."""
        found, _part = self.catalogue.find(plain(kind))
        return "amount" if measure == "times" and isinstance(found, Kind) and found.adds else measure

    def _as_asked(self, number: int, kind: str) -> str:
        """Return the kind by whose day the details were asked for."""
        by_year = any(other.endswith(OF_YEAR) for other in self.requests[number].kinds)
        return plain(kind) + OF_YEAR if by_year else plain(kind)

    def bearing(self) -> list[int]:
        """Return the numbers of the requests whose totals contain details, which are counted for comparison."""
        return [number for number, chosen in enumerate(self.chosen) if any(map(chosen.counted.get, _COUNTED))]

    def add(self, number: int, figure: Figure, details: Counted) -> Figure:
        """Return the figure of request `number` with its totals added and its basis saying so.

        `details` are all records of the period, also those that a total contains.
        """
        chosen, request = self.chosen[number], self.requests[number]
        figure = replace(figure, left_out=(*figure.left_out, *chosen.left_out))
        if not chosen.rows:
            return figure
        if chosen.as_of and (details.heads or details.times) and _is_old(chosen, request):
            return replace(
                figure,
                heads=figure.heads if figure.heads is None else details.heads,
                times=figure.times if figure.times is None else details.times,
                left_out=(*figure.left_out, "更早的往年数据补录已由登记取代，未计入"),
            )
        sums = {measure: _sum(figure, measure, chosen.counted[measure]) for measure in _COUNTED}
        words = {measure: _word(figure, measure, chosen.counted[measure]) for measure in _COUNTED}
        if any(row_has_number(row) for row in chosen.rows):
            partly = _forget(sums, chosen)
            figure = replace(figure, left_out=(*figure.left_out, *partly))
        reasons = [row.not_held_reason for row in chosen.rows if row.not_held_reason]
        told = replace(
            figure,
            heads=_whole(sums["heads"]),
            times=_whole(sums["times"]),
            amount=sums["amount"],
            unit_price=None if chosen.counted["amount"] else figure.unit_price,
            numerator=None,
            denominator=None,
            approximations={measure: word for measure, word in words.items() if word},
            summary=True,
            reason=figure.reason or "；".join(reasons),
        )
        parts = [figure.basis if not figure.empty else "", _source(chosen, told)]
        parts += _differences(chosen, figure, told, details)
        return replace(told, basis="；".join(part for part in parts if part))

    def add_rate(self, number: int, figure: Figure) -> Figure:
        """Return the rate of request `number` as a total gives it; what its parts come to is told where it differs."""
        chosen = self.chosen[number]
        figure = replace(figure, left_out=(*figure.left_out, *chosen.left_out))
        for row in chosen.counted["share"]:
            told = replace(figure, share=row.share, approximations={"share": row.word_of("share")}, summary=True)
            parts = [_source(chosen, told)]
            worked_out = share(figure.numerator or 0, figure.denominator or 0)
            if worked_out and Decimal(worked_out[:-1]) != round(Decimal(row.share or 0), 1):
                parts.append(f"按各项数字计算为{worked_out}（{figure.numerator}/{figure.denominator}）")
                told = replace(told, numerator=None, denominator=None)
            if not told.approximations["share"]:
                told = replace(told, approximations={})
            return replace(told, basis="；".join([figure.basis, *parts] if worked_out else parts))
        return figure


def _is_old(chosen: Chosen, request: FigureRequest) -> bool:
    """Tell whether the latest total of a day is more than a year older than the day: the register knows better."""
    latest = max(row.period_end for row in chosen.rows)
    return latest < months_later(request.period.end, -12)


def _sum(figure: Figure, measure: str, rows: Sequence[SummaryRecord]) -> Decimal | None:
    detail = getattr(figure, measure)
    if not rows:
        return None if detail is None else Decimal(detail)
    return sum((Decimal(getattr(row, measure)) for row in rows), Decimal(detail or 0))


def _word(figure: Figure, measure: str, rows: Sequence[SummaryRecord]) -> str:
    """Return the word for a sum: the one word of all its parts, 约 where they differ, none where all are exact."""
    words = {row.word_of(measure) for row in rows}
    if rows and getattr(figure, measure):
        words.add("")
    if words <= {"", "整"}:
        return "整" if words == {"整"} else ""
    return words.pop() if len(words) == 1 else "约"


def _forget(sums: dict[str, Decimal | None], chosen: Chosen) -> list[str]:
    """Leave unknown what neither a total nor a record gives; say what only the records give."""
    silent = [measure for measure in _COUNTED if not chosen.counted[measure]]
    partly = [CALLED[measure] for measure in silent if sums[measure]]
    sums |= {measure: None for measure in silent if not sums[measure]}
    return [f"往年数据补录未记{'、'.join(partly)}，只计明细登记的"] if partly else []


def _whole(number: Decimal | None) -> int | None:
    return None if number is None else int(number)


def _source(chosen: Chosen, figure: Figure) -> str:
    labels = dict.fromkeys(row.label for row in chosen.rows if row.label)
    sources = "、".join([*labels, *dict.fromkeys(row.source for row in chosen.rows)])
    more = "，人数为各条之和" if figure.heads is not None and len(chosen.counted["heads"]) > 1 else ""
    return f"往年数据补录{len(chosen.rows)}条（{sources}），同期明细不重复计{more}"


def _differences(chosen: Chosen, left: Figure, figure: Figure, details: Counted) -> list[str]:
    """Say what the records of the same days come to, where a total stands for them, and whether that fits its word."""
    found = []
    for measure in _COUNTED:
        rows, held = chosen.counted[measure], getattr(details, measure)
        if not rows or not held:
            continue
        total = sum((Decimal(getattr(row, measure)) for row in rows), Decimal(0))
        inside = Decimal(held) - Decimal(getattr(left, measure) or 0)
        if inside <= 0:
            continue
        word = word_of({"approximations": figure.approximations}, measure)
        said, unit = _said(measure, inside, figure)
        apart = "相符" if agrees(word, total, inside) else f"相差{_said(measure, abs(total - inside), figure)[0]}{unit}"
        found.append(f"明细登记{said}{unit}，与补录的{CALLED[measure]}{apart}")
    return found


def _said(measure: str, number: Decimal, figure: Figure) -> tuple[str, str]:
    if measure == "amount":
        return yuan(number), ""
    return counted(int(number)), "人" if measure == "heads" else {"人": "次", "元": "次"}.get(figure.unit, figure.unit)
