"""Figures: the numbers of a report as data, before any sentence or page is made of them.

Each app's `report.py` answers a `FigureRequest` with `Figure`s; renderers see nothing else.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from union_portal.base.periods import Period

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.utils.functional import _StrPromise


@dataclass(frozen=True)
class Figure:
    """One number with what it takes to trust it.

    `heads` counts distinct people, `times` grants or events, `amount` yuan; absent values are None, zero counts.
    A figure holds for `period` or for the day `as_of`, never both. `basis` says in Chinese which records were counted
    and by which of their dates; `rows` leads to them (an address inside the portal, empty where there is none).
    """

    key: str
    label: str
    period: Period | None = None
    as_of: dt.date | None = None
    heads: int | None = None
    times: int | None = None
    amount: Decimal | None = None
    approximate: bool = False
    approximation: str = ""
    numerator: int | Decimal | None = None
    denominator: int | Decimal | None = None
    unit: str = "人"
    basis: str = ""
    rows: str = ""
    summary: bool = False
    reason: str = ""
    left_out: tuple[str, ...] = ()
    previous: "Figure | None" = None
    chapter: str = ""


@dataclass(frozen=True)
class FigureKind:
    """A kind of figure an app can count: its stable key, label, unit, and whether it is counted on a day."""

    key: str
    label: "str | _StrPromise"
    unit: str = "人"
    as_of: bool = False
    chapter: str = ""


@dataclass
class FigureSource:
    """What an app contributes: its kinds, a function that counts them for a period, and one that finds the rows.

    `count(period)` must take a constant number of queries however many records and kinds there are.
    """

    app: str
    kinds: tuple[FigureKind, ...]
    count: Callable[[Period], Iterable[Figure]]
    rows: "Callable[[str, Period], QuerySet[Any]]"


SOURCES: dict[str, FigureSource] = {}


def register_source(source: FigureSource) -> None:
    """Make an app's figures known to the report; called from the app's `ready()`."""
    SOURCES[source.app] = source


def kinds() -> dict[str, FigureKind]:
    """Return every registered kind by key, in the order of the apps."""
    return {kind.key: kind for source in SOURCES.values() for kind in source.kinds}
