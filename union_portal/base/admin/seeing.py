"""The row that a page is about, for whoever sees it; everybody else is told so on a page of its own."""

from typing import Any, Generic, TypeVar

from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest

from union_portal.base.views import Elsewhere

M = TypeVar("M", bound=Model)


class SeenRowsMixin(Generic[M]):
    """Finds a row among those that the account's lists show."""

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> M | None:
        """Return the row; what is only looked at is read once for its form, its steps and what stands beside them."""
        read = super().get_object  # type: ignore[misc]
        if request.method not in {"GET", "HEAD"}:
            found: M | None = read(request, object_id, from_field)
            return found
        rows: dict[Any, M | None] = request.__dict__.setdefault("desk_rows", {})
        key = (type(self), str(object_id), from_field)
        if key not in rows:
            rows[key] = read(request, object_id, from_field)
        return rows[key]

    def subject_or_404(self, request: HttpRequest, object_id: str) -> M:
        """Return the row an action is about, if the account may see it."""
        subject: M | None = self.get_object(request, object_id)
        if subject is None:
            raise Elsewhere
        return subject

    def seen(self, request: HttpRequest, object_id: str) -> M:
        """Return the row that a page of its own shows, if the account may look at it."""
        subject = self.subject_or_404(request, object_id)
        if not self.has_view_permission(request, subject):  # type: ignore[attr-defined]
            raise Elsewhere if getattr(request.user, "is_confined", False) else PermissionDenied
        return subject

    def _get_obj_does_not_exist_redirect(self, *_told: Any) -> Any:
        """Say so instead of leading to the desk without a word."""
        raise Elsewhere
