"""Template helpers shared by the desk and the members' pages."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import template
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from union_portal.base import profile
from union_portal.base.living import worker_runs
from union_portal.base.money import grouped
from union_portal.base.portal import MemberItem, Standing, member_places

register = template.Library()


@register.simple_tag
def portal_title() -> str:
    """Return what the portal calls itself."""
    return profile.title()


@register.simple_tag
def portal_emblem() -> str:
    """Return the address of the union's emblem; empty without one."""
    return profile.emblem()


@register.simple_tag
def portal_contact() -> str:
    """Return where the union's office is found; empty where nobody said so."""
    return profile.kept().contact


@register.filter
def figure(value: int | Decimal | None) -> str:
    """Write a number with thousands separators; money with two decimals."""
    return "—" if value is None else grouped(value)


@register.filter
def days_left(until: dt.date) -> int:
    """Count the days from today to that day; negative when it is over."""
    return (until - timezone.localdate()).days


@register.filter
def positive(value: int) -> int:
    """Drop the sign."""
    return abs(value)


@register.filter
def is_past(day: dt.date) -> bool:
    """Tell whether the day is over."""
    return day < timezone.localdate()


@register.simple_block_tag
def text(content: SafeString) -> SafeString:
    """Give words with figures in them a name: `{% text as lead %}…{% endtext %}`, for a part that asks for them."""
    return mark_safe(content.strip())


@dataclass(frozen=True)
class Change:
    """How a figure moved against a year before: an arrow and a sentence."""

    sign: str
    text: str


@register.filter
def change(card: Any) -> Change:
    """Compare a figure card's value with its previous one."""
    difference = card.value - card.previous
    if not difference:
        return Change("＝", "与上年同期持平")
    amount = figure(abs(difference))
    if difference > 0:
        return Change("▲", f"比上年同期多 {amount}")
    return Change("▼", f"比上年同期少 {amount}")


# Line drawings on a 24 × 24 grid.
_THUMB = (
    ("home:start", "首页", "M4 11 12 4l8 7v9h-5v-6H9v6H4z"),
    (
        "home:benefits",
        "福利",
        "M4 9h16v4H4zM6 13v7h12v-7M12 9v11M12 9C7 9 7 4 9 4s3 5 3 5 1-5 3-5 2 5-3 5",
    ),
    ("activities:start", "活动", "M5 6h14v14H5zM5 10h14M9 3v5M15 3v5"),
    ("home:me", "我的", "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 20c1-4 4-6 8-6s7 2 8 6"),
)


@register.inclusion_tag("base/components/table.html")
def table(headings: Sequence[str], rows: Iterable[Sequence[Any]], empty: str) -> dict[str, Any]:
    """Show rows of plain cells under their headings; columns of numbers stand to the right."""
    shown = [list(row) for row in rows]
    numeric = [
        bool(shown) and all(isinstance(row[place], float | int | Decimal | None) for row in shown)
        for place in range(len(headings))
    ]
    marked = list(zip(headings, numeric, strict=True))
    return {
        "headings": marked,
        "rows": [[(*mark, value) for mark, value in zip(marked, row, strict=True)] for row in shown],
        "empty": empty,
    }


@register.simple_tag
def service_runs() -> bool:
    """Tell whether the background service runs."""
    return worker_runs()


@register.simple_tag(takes_context=True)
def thumb_places(context: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the places at the thumb that exist, with the one we are in marked."""
    request = context.get("request")
    here = request.path if request else ""
    own = [(place.name, place.label, place.icon) for place in member_places(context["user"])]
    places = []
    for name, label, icon in (*_THUMB[:-1], *own, _THUMB[-1]):
        try:
            address = reverse(name)
        except NoReverseMatch:
            continue
        current = here == address or (address != "/" and here.startswith(address))
        places.append({"address": address, "label": label, "icon": icon, "current": current})
    return places


@register.filter
def tone(item: MemberItem) -> str:
    """Choose the mark of a line: slate for grave matters, amber for due, blue for what holds, green for what came."""
    if item.grave:
        return "grave"
    return {Standing.DUE: "due", Standing.HOLDS: "info"}.get(item.standing, "done")
