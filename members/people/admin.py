"""Dated rows below a person, to look at: they come and go through services."""

from typing import Any

from django.http import HttpRequest

from union_portal.base.admin import PortalTabularInline, scoped


class EpisodeInline(PortalTabularInline[Any, Any]):
    extra = 0
    can_delete = False
    show_change_link = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002
        """Services add."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002
        """Services change."""
        return False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002
        """The rows are scoped one by one; the list as a whole is asked here."""
        return bool(request.user.has_perm(f"members.view_{self.opts.model_name}"))

    def get_queryset(self, request: HttpRequest) -> Any:
        """Show only rows the account may see."""
        return scoped(super().get_queryset(request), request)
