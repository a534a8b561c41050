"""A list's filters, in a drawer that is filled when somebody opens it: a list is looked at far more often.

The way to the drawer is an ordinary address of the list, so that it opens without scripts too. Until then only those
filters are made that the address asks for, or that narrow the list of themselves.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib.admin.views.main import PAGE_VAR
from django.forms import Media
from django.http import HttpRequest

from union_portal.base.admin.fetching import at_once
from union_portal.base.admin.filters import Counted, Question
from union_portal.base.admin.shim import ThemedChangeList, ThemedModelAdmin

DRAWER = "_drawer"


class DeskChangeList(ThemedChangeList):
    """A list whose filters offer their answers once the drawer is opened."""

    def get_filters(self, request: HttpRequest) -> Any:
        """Make the filters that are needed now; whether there are others is told without them."""
        self.drawer = _is_open(request)
        declared = self.list_filter
        if not self.drawer:
            self.list_filter = [one for one in declared if _counts(one, self.filter_params)]
        try:
            specs, found, *rest = super().get_filters(request)
        finally:
            self.list_filter = declared
        return specs, found or any(one is not Counted for one in declared), *rest

    def get_results(self, request: HttpRequest) -> None:
        """Read the rows of the page in one go."""
        super().get_results(request)
        self.result_list = at_once(self.result_list)

    def drawer_media(self) -> Media:
        """Return what the fields of the drawer need on the page."""
        kinds = (one[1] if isinstance(one, tuple | list) else one for one in self.list_filter)
        forms = (getattr(one, "form_class", None) for one in kinds)
        needed = dict.fromkeys(form.Media for form in forms if hasattr(form, "Media"))  # type: ignore[union-attr]
        return sum(map(Media, needed), Media())

    def drawer_address(self) -> str:
        """Return the address of this page with the drawer open."""
        return self.get_query_string({**self._leafed(), DRAWER: 1})

    def closed_address(self) -> str:
        """Return the address of this page without the drawer."""
        return self.get_query_string(self._leafed())

    def _leafed(self) -> dict[str, int]:
        return {PAGE_VAR: self.page_num} if self.page_num > 1 else {}


class DrawerMixin:
    """Opens a list's drawer where the address says so."""

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> Any:  # noqa: ARG002
        """Return the list with a drawer."""
        return DeskChangeList

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """Take the drawer out of the address: no way on from the list leads to an open drawer."""
        open_drawer(request)
        return super().changelist_view(request, extra_context)  # type: ignore[misc]

    @property
    def media(self) -> Media:
        """Leave out what only the drawer's fields need."""
        return super(ThemedModelAdmin, self).media  # type: ignore[misc,no-any-return]


def open_drawer(request: HttpRequest) -> None:
    """Note that the address opens the drawer, and forget that it said so."""
    if DRAWER in request.GET:
        asked = request.GET.copy()
        del asked[DRAWER]
        request.GET = asked  # type: ignore[assignment]
        request.desk_drawer = True  # type: ignore[attr-defined]


def _is_open(request: HttpRequest) -> bool:
    return bool(getattr(request, "desk_drawer", False))


def _counts(declared: Any, asked: Mapping[str, Sequence[str]]) -> bool:
    """Tell whether the filter can narrow the list, which is asked this."""
    if isinstance(declared, type):
        return not issubclass(declared, Question) or declared.parameter_name in asked
    path = declared[0] if isinstance(declared, tuple | list) else declared
    return not isinstance(path, str) or any(name.startswith(path) for name in asked)


__all__ = ["DRAWER", "DeskChangeList", "DrawerMixin", "open_drawer"]
