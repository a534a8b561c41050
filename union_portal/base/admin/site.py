"""The staff desk's site: the theme's, which lists the registered models only when a page asks for the list."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from unfold.sites import UnfoldAdminSite


class DeskSite(UnfoldAdminSite):
    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> Any:
        """Return the list unread: every page is handed it, though its sidebar shows another and it costs much."""
        read = super().get_app_list
        return SimpleLazyObject(lambda: read(request, app_label))

    def get_sidebar_list(self, request: HttpRequest) -> list[dict[str, Any]]:
        """Return the sidebar and mark the place that is open; what it holds the account may open."""
        groups: list[dict[str, Any]] = self._get_value(self._get_config("SIDEBAR", request)["navigation"], request)
        desk = reverse(f"{self.name}:index")
        for group in groups:
            for place in group["items"]:
                link = str(place["link"])
                place["active"] = request.path == link if link == desk else link in request.path
            group["opened"] = any(place["active"] for place in group["items"])
        return groups
