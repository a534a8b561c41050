"""The staff desk's site: the theme's, which lists the registered models only when a page asks for the list."""

from typing import Any

from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from unfold.sites import UnfoldAdminSite

from union_portal.base.admin.picking import Found
from union_portal.base.portal import before_desk


class DeskSite(UnfoldAdminSite):
    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """Show the desk, unless a page has to be filled in first."""
        first = before_desk(request.user)
        return HttpResponseRedirect(first) if first else super().index(request, extra_context)

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> Any:
        """Return the list unread: every page is handed it, though its sidebar shows another and it costs much."""
        read = super().get_app_list
        return SimpleLazyObject(lambda: read(request, app_label))

    def autocomplete_view(self, request: HttpRequest) -> Any:
        """List what a picker finds."""
        return Found.as_view(admin_site=self)(request)

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
