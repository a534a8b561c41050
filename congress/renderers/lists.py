"""代表名册 and 签到表 as PDF: by delegation, 20 rows a page, people in the order of strokes."""

import datetime as dt
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone

from congress.enums import Mode, Seat
from congress.models import Congress, Delegate, Sitting
from union_portal.base.errors import Refused
from union_portal.base.paper import PaperResult, render

# Layout time grows with the rows; beyond this one prints by branch or delegation.
MOST_ROWS = 1500
_ORDER = ("delegation__number", "person__stroke_key", "person__pinyin_key", "pk")
_SEATS = {Seat.DELEGATE: "正式代表", Seat.OBSERVER: "列席代表", Seat.GUEST: "特邀代表"}


def delegate_list(*, congress: Congress, on: dt.date, union: str) -> PaperResult:
    """Return the list of a congress's delegates on the day; observers and guests stand in parts of their own."""
    mandates = Delegate.objects.filter(congress=congress).in_force(on=on)
    rows = list(mandates.select_related("person", "delegation", "unit").order_by(*_ORDER))
    _printable(len(rows), nothing=congress.mode == Mode.EVERYBODY)
    voting = [one for one in rows if one.seat == Seat.DELEGATE]
    parts = _by_delegation(voting)
    for seat in (Seat.OBSERVER, Seat.GUEST):
        others = [one for one in rows if one.seat == seat]
        if others:
            parts.append((_SEATS[seat], others))
    title = f"{congress}代表名册"
    html = render_to_string(
        "congress/paper/delegates.html",
        {
            "title": title,
            "union": union,
            "parts": parts,
            "count": len(voting),
            "on": on,
            "reference": f"C{congress.pk:05d}",
        },
    )
    return render(html, title=title, created=timezone.now(), stylesheet="form", archival=False)


def sign_in_sheet(*, sitting: Sitting, union: str) -> PaperResult:
    """Return the sheet to sign at the door, one part per delegation, those without a vote last."""
    lines = list(sitting.roll.select_related("person", "delegation", "delegate__unit").order_by(*_ORDER))
    if not lines:
        raise Refused(f"{sitting}还没有应到名册，请先生成名册。")
    _printable(len(lines))
    voting = [line for line in lines if line.votes]
    parts = _by_delegation(voting)
    others = [line for line in lines if not line.votes]
    if others:
        parts.append(("列席、特邀人员", others))
    title = f"{sitting}签到表"
    html = render_to_string(
        "congress/paper/sign_in.html",
        {
            "title": title,
            "union": union,
            "parts": parts,
            "count": len(voting),
            "session": sitting.session,
            "reference": f"S{sitting.pk:05d}",
        },
    )
    return render(html, title=title, created=timezone.now(), stylesheet="form", archival=False)


def _by_delegation(rows: list[Any]) -> list[tuple[str, list[Any]]]:
    parts: dict[str, list[Any]] = {}
    for row in rows:
        parts.setdefault(row.delegation.name if row.delegation else "", []).append(row)
    return list(parts.items())


def _printable(count: int, *, nothing: bool = False) -> None:
    if not count or nothing:
        raise Refused("该日没有有效的代表资格，无可打印。")
    if count > MOST_ROWS:
        raise Refused(f"共 {count} 行，超过一份表格的上限（{MOST_ROWS} 行）。")
