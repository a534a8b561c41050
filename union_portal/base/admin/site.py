"""The staff desk's site: the theme's, which lists the registered models only when a page asks for the list."""

from typing import Any

from django.http import HttpRequest, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.functional import SimpleLazyObject
from unfold.settings import get_config
from unfold.sites import UnfoldAdminSite

from union_portal.base.admin.picking import Found
from union_portal.base.portal import before_desk


class DeskSite(UnfoldAdminSite):
    empty_value_display = "—"

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

    def get_sidebar_list(self, request: HttpRequest) -> Any:
        """Return the sidebar as `union_portal.home` lays it out, with the open place marked."""
        return self._get_value(self._get_config("SIDEBAR", request)["navigation"], request)

    def search(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """Find what was typed, for this account and now: what is found may not be kept for it, as the theme would."""
        typed = request.GET.get("s", "")
        found = self._get_value(get_config(self.settings_name)["COMMAND"]["search_callback"], request, typed)
        context = {"found": found, "typed": typed.strip(), **(extra_context or {})}
        if "extended" in request.GET:  # what the box over the page asks for
            return TemplateResponse(request, "base/admin/found.html", context, headers={"HX-Trigger": "search"})
        page = {**self.each_context(request), **context, "title": "搜索"}
        return TemplateResponse(request, "base/admin/search.html", page)

    def get_tabs_list(self, request: HttpRequest) -> list[dict[str, Any]]:
        """Return the tabs of the place that is open, to whoever works at the desk."""
        return (self._get_config("TABS", request) or []) if self.has_permission(request) else []
