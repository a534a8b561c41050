"""Dated rows below a record, to look at: they come and go through services."""

from typing import Any

from django.http import HttpRequest

from union_portal.base.admin.model_admin import PortalTabularInline
from union_portal.base.admin.scoping import linked, scoped


class EpisodeInline(PortalTabularInline[Any, Any]):
    """Shows the rows the account may see, with the related rows that its columns name."""

    can_delete = False
    show_change_link = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002
        """Services add."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002
        """Services change."""
        return False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The rows are scoped one by one, the list as a whole is asked here; they begin with the record."""
        return obj is not None and self._may(request, "view", None)

    def get_queryset(self, request: HttpRequest) -> Any:
        """Read only those rows, and what they name."""
        own = [field.name for field in self.opts.fields if field.related_model is self.parent_model]
        named = linked(self.model, self.get_fields(request))
        # Not Django's own queryset: it asks whether rows of no record may be seen, which is denied above.
        rows = self.model._default_manager.order_by(*self.get_ordering(request))  # noqa: SLF001
        return scoped(rows, request).select_related(*own, *named)
