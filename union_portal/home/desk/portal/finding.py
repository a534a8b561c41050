"""The one search box of the desk: what every room finds for the account by the words that were typed."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from union_portal.accounts.requests import account_of
from union_portal.base.portal import CONTRIBUTIONS, FOUND_OF_A_KIND, Found
from union_portal.home.desk.portal.places import groups

# Longer words are no name, number or title.
_LONGEST = 60


def search(request: Any, typed: str) -> list[tuple[str, list[Found]]]:
    """Return the answers by kind: the desk's own places first, then what the rooms find."""
    words = " ".join(typed.split())[:_LONGEST]
    if not words:
        return []
    user = account_of(request)
    found: list[Found] = [*_places(request, words)]
    for part in CONTRIBUTIONS:
        found += part.finds(user, words) if part.finds else ()
    return [(kind, list(rows)[:FOUND_OF_A_KIND]) for kind, rows in groupby(_together(found), key=lambda one: one.kind)]


def _together(found: Iterable[Found]) -> list[Found]:
    """Put each kind's answers together, the kinds in the order in which they were first found."""
    order = {kind: number for number, kind in enumerate(dict.fromkeys(one.kind for one in found))}
    return sorted(found, key=lambda one: order[one.kind])


def _places(request: Any, words: str) -> Iterator[Found]:
    """Yield the pages of the sidebar that bear the words in their names."""
    for group in groups(request):
        for place in group.places:
            for tab in place.tabs:
                if words in tab.title or (words in place.title and tab is place.tabs[0]):
                    beside = "" if tab.title == place.title else f" · {place.title}"
                    yield Found(tab.title, "页面", tab.link, f"{group.title}{beside}", place.icon)
