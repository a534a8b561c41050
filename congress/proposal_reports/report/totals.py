"""Totals without forms (往年数据补录) in the account of sessions' proposals: whole or not at all, nothing twice.

A total enters when it is of one of the account's numbers, one chosen session was convened in its period and every other
school session with proposals in it was chosen too. The proposals of its period that count as that number are taken to
be contained in it, as in the annual report's figures.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from django.db.models import Max, Q

from congress.ratings.report.kinds import STEM
from congress.sessions.models import Session, Sitting
from members.totals.models import SummaryRecord
from union_portal.base import figures
from union_portal.base.figures.wording import counted

_GIVES = Q(times__isnull=False) | Q(share__isnull=False)
_RATE = "_rate"


class Total(NamedTuple):
    """A total that is counted: of which number, of which bodies (none named: of all), of which sessions.

    A `part` of a total of all bodies or of more sessions adds nothing to it; it tells only what is one body's.
    """

    row: SummaryRecord
    name: str
    bodies: frozenset[str]
    sessions: tuple[int, ...]
    part: bool = False

    @property
    def times(self) -> int:
        return self.row.times or 0

    def holds(self, other: "Total") -> bool:
        """Tell whether another total of the same number is a part of this one."""
        if self is other or self.name != other.name or not set(other.sessions) <= set(self.sessions):
            return False
        wider = not self.bodies or (bool(other.bodies) and other.bodies <= self.bodies)
        same = self.bodies == other.bodies and self.sessions == other.sessions
        return wider and (not same or bool(other.row.label and not self.row.label))

    def contains(self, *, name: str, session: int, body: str) -> bool:
        """Tell whether a proposal of the session and the body that counts as `name` is in the total already."""
        return name == self.name and session in self.sessions and (not self.bodies or body in self.bodies)


class Totals(NamedTuple):
    """The totals that bear on the chosen sessions, and in words those that only overlap them.

    `rates` are the rates that totals give themselves, by name, where there is one for the sessions.
    """

    counted: tuple[Total, ...] = ()
    left_out: tuple[str, ...] = ()
    rates: Mapping[str, SummaryRecord] = MappingProxyType({})


def read_totals(chosen: Sequence[Session], names: Sequence[str]) -> Totals:
    """Read the totals that bear on the chosen sessions; one query, two more when there are some."""
    if not chosen:
        return Totals()
    start, end = min(one.convened_on for one in chosen), max(one.convened_on for one in chosen)
    rows = [
        row
        for row in SummaryRecord.objects.filter(_GIVES, period_start__lte=end, period_end__gte=start)
        if any(kind.startswith(STEM) for kind in row.kinds)
    ]
    if not rows:
        return Totals()
    school = _school_sessions(rows)
    counted: list[Total] = []
    left_out: list[str] = []
    rates: dict[str, list[SummaryRecord]] = {}
    for row in rows:
        held = {pk for pk, day in school.items() if row.period_start <= day <= row.period_end}
        wanted = held & {one.pk for one in chosen}
        name, bodies = _meaning(row)
        if row.share is not None and name.endswith(_RATE) and wanted == held == {one.pk for one in chosen}:
            rates.setdefault(name.removesuffix(_RATE), []).append(row)
        if not wanted or row.times is None or name not in names:
            continue
        if wanted == held:
            counted.append(Total(row, name, bodies, tuple(sorted(wanted))))
        else:
            left_out.append(f"{_span(row)}还包括未选入的会议，未计入")
    counted = [one._replace(part=any(other.holds(one) for other in counted)) for one in counted]
    only = {name: own[0] for name, own in rates.items() if len(own) == 1 and own[0].kinds == [f"{STEM}{name}{_RATE}"]}
    return Totals(tuple(counted), tuple(left_out), only)


def bodies_of(sessions: Sequence[int]) -> Mapping[int, frozenset[str]]:
    """Return the bodies that sat in each session; one query."""
    found: dict[int, set[str]] = {}
    for session, body in Sitting.objects.filter(session__in=sessions).values_list("session", "congress__body"):
        found.setdefault(session, set()).add(body)
    return {session: frozenset(bodies) for session, bodies in found.items()}


def told(total: Total) -> dict[str, Any]:
    """Return a counted total as the report shows it."""
    row = total.row
    return {
        "what": _what(row),
        "name": total.name,
        "times": total.times,
        "words": counted(total.times, row.word_of("times")),
        "from": row.period_start.isoformat(),
        "to": row.period_end.isoformat(),
        "source": row.source,
    }


def _school_sessions(rows: Sequence[SummaryRecord]) -> dict[int, dt.date]:
    start, end = min(row.period_start for row in rows), max(row.period_end for row in rows)
    found = Session.objects.filter(
        drive__isnull=False, sittings__congress__branch__isnull=True, convened_on__range=(start, end)
    )
    return dict(found.values_list("pk").annotate(day=Max("convened_on")).values_list("pk", "day"))


def _meaning(row: SummaryRecord) -> tuple[str, frozenset[str]]:
    """Return which number of the account the total is of (nothing when it mixes several) and which bodies it names."""
    stems: set[str] = set()
    bodies: set[str] = set()
    for kind in row.kinds:
        stem, _dot, part = kind.removeprefix(STEM).partition(".")
        stems.add(stem if kind.startswith(STEM) else "")
        bodies.add(part)
    return (stems.pop() if len(stems) == 1 else ""), frozenset() if "" in bodies else frozenset(bodies)


def _what(row: SummaryRecord) -> str:
    labels = figures.kinds()
    return row.label or "、".join(str(labels[kind].label) for kind in row.kinds if kind in labels)


def _span(row: SummaryRecord) -> str:
    return f"{_what(row)}（{row.period_start:%Y-%m-%d}至{row.period_end:%Y-%m-%d}）"
