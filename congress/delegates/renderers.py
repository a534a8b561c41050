"""The list of delegates on paper."""

import datetime as dt
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone

from congress.bodies.enums import Mode
from congress.bodies.models import Congress
from congress.delegates.enums import Seat
from congress.delegates.models import Delegate
from union_portal.base.errors import Refused
from union_portal.base.paper import PaperResult, Progress, render

# Layout time grows with the rows; beyond this one prints by branch or delegation.
MOST_ROWS = 1500
ROLL_ORDER = ("delegation__number", "person__stroke_key", "person__pinyin_key", "pk")


def delegate_list(*, congress: Congress, on: dt.date, union: str, progress: Progress | None = None) -> PaperResult:
    """Return the list of a congress's delegates on the day; observers and guests stand in parts of their own."""
    mandates = Delegate.objects.filter(congress=congress).in_force(on=on)
    rows = list(mandates.select_related("person", "delegation", "unit").order_by(*ROLL_ORDER))
    printable(len(rows), nothing=congress.mode == Mode.EVERYBODY)
    voting = [one for one in rows if one.seat == Seat.DELEGATE]
    parts = by_delegation(voting)
    for seat in (Seat.OBSERVER, Seat.GUEST):
        others = [one for one in rows if one.seat == seat]
        if others:
            parts.append((str(seat.label), others))
    title = f"{congress}代表名册"
    html = render_to_string(
        "congress/delegates/paper/delegates.html",
        {
            "title": title,
            "union": union,
            "parts": parts,
            "count": len(voting),
            "on": on,
            "reference": f"C{congress.pk:05d}",
        },
    )
    return render(html, title=title, created=timezone.now(), stylesheet="form", archival=False, progress=progress)


def by_delegation(rows: list[Any]) -> list[tuple[str, list[Any]]]:
    parts: dict[str, list[Any]] = {}
    for row in rows:
        parts.setdefault(row.delegation.name if row.delegation else "", []).append(row)
    return list(parts.items())


def printable(count: int, *, nothing: bool = False) -> None:
    if not count or nothing:
        raise Refused("该日没有有效的代表资格，无可打印。")
    if count > MOST_ROWS:
        raise Refused(f"共 {count} 行，超过一份表格的上限（{MOST_ROWS} 行）。")
