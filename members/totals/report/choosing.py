"""Which totals without rosters (往年数据补录) count in a figure: whole or not at all, and no part beside its whole.

A total counts when its period lies wholly inside the one asked and all its kinds are among those asked. It contains the
totals of narrower kinds and shorter periods; where two overlap otherwise, the larger one counts and the other is named.
Figures of a day are never added up over time: the latest stands. Nor are rates.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from members.totals.enums import MEASURES
from members.totals.models import SummaryRecord
from union_portal.base.figures import OF_YEAR, FigureRequest
from union_portal.base.figures.kind import Catalogue, Ratio

CALLED = {"heads": "人数", "times": "次数", "amount": "金额", "share": "比率"}


@dataclass
class Chosen:
    """The totals that count in one figure, by measure, and in words those that bear on it and do not."""

    as_of: bool = False
    counted: dict[str, list[SummaryRecord]] = field(default_factory=lambda: {one: [] for one in MEASURES})
    rows: list[SummaryRecord] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


class Scopes:
    """Which kinds contain which; a total names no days, so it is the same whichever day a kind is counted by."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self._wider: dict[str, frozenset[str]] = {}

    def wider(self, kind: str) -> frozenset[str]:
        """Return the kinds that count what this kind counts, itself among them."""
        if kind not in self._wider:
            self._wider[kind] = frozenset(plain(key) for key in self.catalogue.wider(plain(kind)))
        return self._wider[kind]

    def within(self, kinds: Iterable[str], others: Iterable[str]) -> bool:
        """Tell whether each of the kinds is, or lies within, one of the others."""
        wanted = {plain(other) for other in others}
        return all(self.wider(kind) & wanted for kind in kinds)

    def touch(self, kinds: Iterable[str], others: Sequence[str]) -> bool:
        """Tell whether any of the kinds contains one of the others or lies within it."""
        return any(self.within((one,), (other,)) or self.within((other,), (one,)) for one in kinds for other in others)

    def contains(self, whole: SummaryRecord, part: SummaryRecord) -> bool:
        """Tell whether a total contains another; of the same kinds and days, that without a name those with one."""
        if whole is part or not self.within(part.kinds, whole.kinds) or not _spans(whole, part):
            return False
        same = self.within(whole.kinds, part.kinds) and _spans(part, whole)
        return not same or bool(part.label and not whole.label)


def plain(kind: str) -> str:
    """Return a kind whichever day it is counted by."""
    return kind.removesuffix(OF_YEAR)


def choose(rows: Sequence[SummaryRecord], request: FigureRequest, scopes: Scopes) -> Chosen:
    """Return which of the totals count in the figure that is asked for, and what is left out."""
    kind, _part = scopes.catalogue.find(request.kinds[0])
    found = Chosen(as_of=kind.as_of)
    bearing = [row for row in rows if any(scopes.within((one,), request.kinds) for one in row.kinds)]
    bearing = [row for row in bearing if _meets(row, request.period.start, request.period.end)]
    inside = []
    for row in bearing:
        if not (request.period.start <= row.period_start and row.period_end <= request.period.end):
            found.left_out.append(f"{name(row)}未整段落在统计期内，未计入")
        elif not scopes.within(row.kinds, request.kinds):
            found.left_out.append(f"{name(row)}与其他类别合计，未计入")
        else:
            inside.append(row)
    of_kind = ("share",) if isinstance(kind, Ratio) else MEASURES[:-1]
    for measure in of_kind:
        told = [row for row in inside if getattr(row, measure) is not None]
        found.counted[measure] = _accepted(told, measure, scopes, found)
    found.rows = [row for row in inside if not row_has_number(row) or any(row in own for own in found.counted.values())]
    _name_unknown(inside, scopes, found)
    return found


def row_has_number(row: SummaryRecord) -> bool:
    """Tell whether a total gives any number, or only why nothing took place."""
    return any(getattr(row, measure) is not None for measure in MEASURES)


def _accepted(told: Sequence[SummaryRecord], measure: str, scopes: Scopes, found: Chosen) -> list[SummaryRecord]:
    """Return which of the totals that give a number count: no part beside its whole, nothing twice."""

    def size(row: SummaryRecord) -> Decimal:
        return Decimal(getattr(row, measure))

    if measure == "share":
        whole = [row for row in told if not any(scopes.contains(other, row) for other in told)]
        if len(whole) > 1:
            found.left_out.append(f"{'、'.join(name(row) for row in whole)}的比率不能相加，未计入")
        return whole if len(whole) == 1 else []
    if found.as_of:
        whole = [row for row in told if not any(_outdated(row, other, scopes) for other in told)]
    else:
        whole = [row for row in told if not any(scopes.contains(other, row) for other in told)]
    accepted: list[SummaryRecord] = []
    for row in sorted(whole, key=lambda one: (-size(one), one.pk)):
        other = next((one for one in accepted if _overlap(row, one, scopes, as_of=found.as_of)), None)
        if other is None:
            accepted.append(row)
        else:
            found.left_out.append(f"{name(row)}的{CALLED[measure]}与{name(other)}部分重叠，未计入")
    return accepted


def _outdated(row: SummaryRecord, other: SummaryRecord, scopes: Scopes) -> bool:
    """Tell whether of two totals of a day the other is the whole, or the same on a later day."""
    if row is other or not scopes.within(row.kinds, other.kinds):
        return False
    if not scopes.within(other.kinds, row.kinds):
        return True
    if row.period_end == other.period_end:
        return bool(row.label and not other.label)
    return row.period_end < other.period_end


def _overlap(row: SummaryRecord, other: SummaryRecord, scopes: Scopes, *, as_of: bool) -> bool:
    if not scopes.touch(row.kinds, other.kinds):
        return False
    if not as_of and not _meets(row, other.period_start, other.period_end):
        return False
    # Parts that are told apart by their names alone: 第一批, 第二批.
    same_days = as_of or (_spans(row, other) and _spans(other, row))
    return not (same_days and set(row.kinds) == set(other.kinds) and row.label and other.label)


def _name_unknown(inside: Sequence[SummaryRecord], scopes: Scopes, found: Chosen) -> None:
    """Say which totals do not give a number that others give: the sum is one of those that are known."""
    for measure, own in found.counted.items():
        if not own or found.as_of or measure == "share":
            continue
        silent = [
            row
            for row in inside
            if getattr(row, measure) is None
            and row_has_number(row)
            and not any(scopes.contains(other, row) for other in own)
        ]
        if silent:
            found.left_out.append(f"{'、'.join(name(row) for row in silent)}未记{CALLED[measure]}")


def _meets(row: SummaryRecord, start: dt.date, end: dt.date) -> bool:
    return row.period_start <= end and row.period_end >= start


def _spans(row: SummaryRecord, other: SummaryRecord) -> bool:
    return row.period_start <= other.period_start and other.period_end <= row.period_end


def name(row: SummaryRecord) -> str:
    """Return what a total is called where it is told about."""
    return f"{row.label or '往年数据补录'}（{row.period_start:%Y-%m-%d}至{row.period_end:%Y-%m-%d}）"
