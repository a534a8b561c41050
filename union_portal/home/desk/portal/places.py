"""The places that the account may open, in the desk's order, for the sidebar, the tabs and the desk."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.urls import NoReverseMatch, get_script_prefix, get_urlconf, reverse

from union_portal.base.portal import CONTRIBUTIONS, Place
from union_portal.home.desk.enums import GROUPS, PLACES, TODAY, WORKS_IN, DeskPlace

if TYPE_CHECKING:
    from union_portal.accounts.models.user import User


@dataclass(frozen=True)
class OpenTab:
    """A page of a place: its name and address, and what its address asks of a list."""

    title: str
    path: str
    asked: str = ""

    @property
    def link(self) -> str:
        return f"{self.path}?{self.asked}" if self.asked else self.path


@dataclass(frozen=True)
class OpenPlace:
    """A place that the account may open, with the tabs that it may open there."""

    group: str
    key: str
    title: str
    icon: str
    tabs: tuple[OpenTab, ...]
    # Where the rows of its registers lie, those too that no list shows by themselves.
    holds: tuple[str, ...] = ()
    active: bool = False

    @property
    def link(self) -> str:
        return self.tabs[0].link


@dataclass(frozen=True)
class OpenGroup:
    """A group of the sidebar; `own` where the account works in it."""

    key: str
    title: str
    icon: str
    places: tuple[OpenPlace, ...]
    own: bool = True


@cache
def _address(name: str, _urls: str, _prefix: str) -> str:
    """Return the address of a view without arguments, made once: seventy a page were a fifth of the empty frame."""
    return reverse(name)


def address(name: str) -> str:
    """Return the address of a view without arguments; empty where no address leads there."""
    try:
        return _address(name, get_urlconf() or settings.ROOT_URLCONF, get_script_prefix())
    except NoReverseMatch:
        return ""


def may_open(user: "User", place: Place) -> bool:
    return not place.permission or user.has_perm(place.permission)


def groups(request: Any) -> list[OpenGroup]:
    """Return the groups in which the account may open something; asked once a request.

    Those it works in come first; the place that is open is marked.
    """
    if not hasattr(request, "desk_groups"):
        request.desk_groups = _groups(request)
    found: list[OpenGroup] = request.desk_groups
    return found


def open_place(request: Any) -> OpenPlace | None:
    """Return the place to which the page belongs."""
    return next((place for group in groups(request) for place in group.places if place.active), None)


def _groups(request: Any) -> list[OpenGroup]:
    by_group: dict[str, list[OpenPlace]] = {group.key: [] for group in GROUPS}
    for place in _places(request):
        by_group[place.group].append(place)
    here = _nearest(request.path, (place for places in by_group.values() for place in places))
    own = works_in(request.user)
    found = [
        OpenGroup(group.key, group.title, group.icon, _marked(by_group[group.key], here), group.key in own)
        for group in GROUPS
        if by_group[group.key]
    ]
    return sorted(found, key=lambda group: not group.own)


def works_in(user: "User") -> frozenset[str]:
    """Return the keys of the groups in which the account works."""
    if user.is_superuser:
        return frozenset(group.key for group in GROUPS)
    return frozenset((TODAY, *(key for role in user.roles for key in WORKS_IN[role])))


def _marked(places: Iterable[OpenPlace], here: str) -> tuple[OpenPlace, ...]:
    return tuple(replace(place, active=place.key == here) for place in places)


def _nearest(path: str, places: Iterable[OpenPlace]) -> str:
    """Return the key of the place whose page is open, or lies nearest above it."""
    desk = address("admin:index")
    found = [
        (len(above), place.key)
        for place in places
        for above in (*(tab.path for tab in place.tabs), *place.holds)
        if (path == desk if above == desk else path.startswith(above))
    ]
    return max(found, default=(0, ""))[1]


def _places(request: Any) -> Iterator[OpenPlace]:
    """Yield the table's places with the pages that rooms put beside their lists, then the rooms' own."""
    yield OpenPlace(TODAY, "desk", "待办", "inbox", (OpenTab("待办", address("admin:index")),))
    yield OpenPlace(
        TODAY, "drafts", "我的草稿与被退回", "edit_document", (OpenTab("我的草稿与被退回", address("home:drafts")),)
    )
    contributed = [place for part in CONTRIBUTIONS for place in part.places if may_open(request.user, place)]
    own = [place for place in contributed if not place.beside and address(place.name)]
    yield from (_own(place) for place in own if place.leads)
    for row in PLACES:
        beside = [place for place in contributed if place.beside == row.key]
        first, last = (_pages(place for place in beside if place.leads is leads) for leads in (True, False))
        if tabs := (*first, *_lists(row, request), *last):
            yield OpenPlace(row.group, row.key, row.title, row.icon, tabs, _rows_of(row))
    yield from (_own(place) for place in own if not place.leads)


def _own(place: Place) -> OpenPlace:
    return OpenPlace(place.job, place.name, place.label, place.icon, (OpenTab(place.label, address(place.name)),))


def _pages(places: Iterable[Place]) -> tuple[OpenTab, ...]:
    return tuple(OpenTab(place.label, path) for place in places if (path := address(place.name)))


@cache
def _rows_of(place: DeskPlace) -> tuple[str, ...]:
    return tuple({_changelist(tab.model) for tab in place.tabs})


def _changelist(label: str) -> str:
    return address(f"admin:{label.replace('.', '_')}_changelist")


def _lists(place: DeskPlace, request: Any) -> Iterator[OpenTab]:
    for label in dict.fromkeys(tab.model for tab in place.tabs):
        model = _model(label)
        if not admin.site.get_model_admin(model).has_module_permission(request):
            continue
        path = _changelist(label)
        for tab in place.tabs:
            if tab.model == label:
                yield OpenTab(tab.title or str(model._meta.verbose_name_plural), path, tab.asked)  # noqa: SLF001


@cache
def _model(label: str) -> Any:
    return apps.get_model(label)
