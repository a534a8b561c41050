"""Figures: the numbers of a report as data, before any sentence or page is made of them.

Each app registers the kinds it can count and answers requests for them with `Figure`s; renderers see nothing else.
"""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.apps import apps

from union_portal.base.figures.once import counted_together
from union_portal.base.periods import Period

if TYPE_CHECKING:
    from django.db.models import QuerySet


# The end of a key whose records are counted by the year that they belong to, not by the day on which they came about.
OF_YEAR = ".of_year"
# The basis of what is counted of the whole school alone, where a branch's report asks for it.
OF_NO_BRANCH = "不按分工会统计"


@dataclass(frozen=True)
class Item:
    """One thing of a figure that is a list: its title as it is read out, its day, how many records it stands for."""

    text: str
    on: dt.date | None = None
    times: int | None = None


@dataclass(frozen=True)
class Figure:
    """One number with what it takes to trust it.

    `heads` counts distinct people, `times` grants or events, `amount` yuan; absent values are None, zero counts.
    A figure holds for `period` or for the day `as_of`, never both. `basis` says in Chinese which records were counted
    and by which of their dates. `approximations` are the source's own words by measure (`heads`, `times`, `amount`,
    `share`) where a total is not exact. `share` is a rate in per cent that a total gives; other rates are numerator and
    denominator. `left_out` names totals that were not counted, and why. `reason` says why something did not happen.
    `items` are the things counted, in the order of their days, where the figure is a list too; `largest` its three
    largest parts.
    """

    key: str
    label: str
    kinds: tuple[str, ...]
    period: Period | None = None
    as_of: dt.date | None = None
    heads: int | None = None
    times: int | None = None
    amount: Decimal | None = None
    unit_price: Decimal | None = None
    approximations: Mapping[str, str] = field(default_factory=dict)
    share: Decimal | None = None
    numerator: int | Decimal | None = None
    denominator: int | Decimal | None = None
    unit: str = "人"
    basis: str = ""
    summary: bool = False
    reason: str = ""
    left_out: tuple[str, ...] = ()
    items: tuple[Item, ...] = ()
    largest: tuple[Item, ...] = ()
    previous: "Figure | None" = None
    chapter: str = ""

    @property
    def approximate(self) -> bool:
        """Whether the source itself calls any of its numbers approximate."""
        return bool(self.approximations)

    @property
    def empty(self) -> bool:
        """Whether nothing was recorded: neither a number nor a reason."""
        return not (self.heads or self.times or self.amount or self.numerator or self.share or self.reason)


@dataclass(frozen=True)
class FigureKind:
    """A kind of figure an app can count: its stable key, label and unit, and whether it is counted on a day.

    `measures` are those of heads, times, amount and share that it has.
    """

    key: str
    label: str
    unit: str = "人"
    as_of: bool = False
    measures: tuple[str, ...] = ("heads", "times", "amount")


@dataclass(frozen=True)
class FigureRequest:
    """A question: these kinds taken together, each person once, over this period (or on its last day).

    `branch` are the keys of one branch and of the groups below it, where the question is about that branch alone.
    """

    key: str
    kinds: tuple[str, ...]
    period: Period
    label: str = ""
    chapter: str = ""
    branch: tuple[int, ...] = ()


@dataclass(frozen=True)
class Rows:
    """The records behind a figure: headers, a query of tuples to slice and to count, whether they tell of health.

    `adds` is the place of the column whose numbers make the figure; absent where the records themselves do.
    """

    headers: tuple[str, ...]
    records: "QuerySet[Any, Any]"
    sensitive: bool = False
    adds: int | None = None


@dataclass(frozen=True)
class Mismatch:
    """Figures that should add up and do not: the key of the one to explain, in words, and what is known already."""

    key: str
    text: str
    explanation: str = ""


def nothing_to_compare(_figures: "Sequence[Figure]") -> "Iterable[Mismatch]":
    """Return no mismatch: the source's figures stand alone."""
    return ()


@dataclass(frozen=True)
class FigureSource:
    """What an app contributes.

    `count` answers requests for the app's kinds in a constant number of queries, however many there are of requests and
    records; `rows` finds the records behind one request, asks the user for what its kinds ask, and keeps to what the
    user may see. `kinds` may read editable data (benefits, plans).
    `mismatches` looks at the source's own figures of a report and names what should add up and does not.
    """

    app: str
    kinds: Callable[[], Iterable[FigureKind]]
    count: Callable[[Sequence[FigureRequest]], Iterable[Figure]]
    rows: "Callable[[FigureRequest, Any], Rows]"
    mismatches: "Callable[[Sequence[Figure]], Iterable[Mismatch]]" = nothing_to_compare


SOURCES: dict[str, FigureSource] = {}


def register_source(source: FigureSource) -> None:
    """Make an app's figures known to the report; called from the app's `ready()`."""
    SOURCES[source.app] = source


def source_of(kind: str) -> FigureSource:
    """Return the source of a kind, known by the app's name before the first dot; `KeyError` when there is none."""
    return SOURCES[kind.partition(".")[0]]


def rows(request: FigureRequest, user: Any) -> Rows:
    """Return the records behind a figure, as far as the user may see them; PermissionDenied when not at all."""
    return source_of(request.kinds[0]).rows(request, user)


def kinds() -> dict[str, FigureKind]:
    """Return every kind by key, in the order of the apps; a label that several have is told apart by the key."""
    found = {kind.key: kind for source in SOURCES.values() for kind in source.kinds()}
    labels = Counter(str(kind.label) for kind in found.values())
    for key, kind in found.items():
        if labels[str(kind.label)] > 1:
            found[key] = replace(kind, label=f"{kind.label}（{key.partition('.')[2]}）")
    return found


def choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Return every kind as a form's choices: its label, grouped under the app's name, by the sound of the label."""
    own: dict[str, list[tuple[str, str]]] = {app: [] for app in SOURCES}
    for key, kind in kinds().items():
        own[key.partition(".")[0]].append((key, str(kind.label)))
    return [
        (str(apps.get_app_config(app).verbose_name), sorted(found, key=lambda one: _by_sound(one[1])))
        for app, found in own.items()
        if found
    ]


def _by_sound(label: str) -> bytes:
    """Return what sorts a label as a Chinese list does: the common characters of GB 18030 stand by their pinyin."""
    return label.encode("gb18030")


def mismatches(counted: Sequence[Figure]) -> list[Mismatch]:
    """Return what every source finds amiss among its own figures."""
    found: list[Mismatch] = []
    for app, source in SOURCES.items():
        mine = [figure for figure in counted if figure.kinds[0].partition(".")[0] == app]
        if mine:
            found += source.mismatches(mine)
    return found


def count(requests: Sequence[FigureRequest]) -> list[Figure]:
    """Answer every request, each figure with the same one a period earlier beside it, in the order asked."""
    earlier = [replace(request, period=request.period.previous()) for request in requests]
    answers: dict[tuple[str, Period], Figure] = {}
    with counted_together():
        for app, source in SOURCES.items():
            mine = [request for request in (*requests, *earlier) if request.kinds[0].partition(".")[0] == app]
            if mine:
                for request, figure in zip(mine, source.count(mine), strict=True):
                    answers[request.key, request.period] = figure
    return [
        replace(
            answers[request.key, request.period],
            previous=answers[before.key, before.period],
            chapter=request.chapter,
        )
        for request, before in zip(requests, earlier, strict=True)
    ]
