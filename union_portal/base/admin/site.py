"""The staff desk's site: the theme's, which lists the registered models only when a page asks for the list."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from unfold.sites import UnfoldAdminSite


class DeskSite(UnfoldAdminSite):
    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> Any:
        """Return the list unread: every page is handed it, though its sidebar shows another and it costs much."""
        read = super().get_app_list
        return SimpleLazyObject(lambda: read(request, app_label))
