"""What every page and every table of rows asks the rules, and how its fields are read."""

from typing import Any

from django.contrib.auth import get_permission_codename
from django.db.models import DateField, DateTimeField, Model
from django.http import HttpRequest

from union_portal.base.admin.picking import for_picking, picked_as
from union_portal.base.admin.scoping import scoped
from union_portal.base.forms import DayField, MomentField


class RuledMixin:
    """Permissions by `rules.add_perm("app.view_model", …)`, asked with the object; foreign keys offer visible rows."""

    opts: Any
    admin_site: Any

    def _may(self, request: HttpRequest, action: str, obj: Model | None) -> bool:
        return request.user.has_perm(f"{self.opts.app_label}.{get_permission_codename(action, self.opts)}", obj)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whoever may change may look."""
        return self._may(request, "view", obj) or self._may(request, "change", obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Ask the rule."""
        return self._may(request, "change", obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002
        """Nothing is deleted unless a service does it."""
        return False

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Read days as the imported lists do."""
        if isinstance(db_field, DateField):
            kwargs.setdefault("form_class", MomentField if isinstance(db_field, DateTimeField) else DayField)
        return super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[misc]

    def get_field_queryset(self, db: str | None, db_field: Any, request: HttpRequest) -> Any:
        """Offer only the rows the account may see."""
        queryset = super().get_field_queryset(db, db_field, request)  # type: ignore[misc]
        if queryset is None:
            queryset = db_field.remote_field.model._default_manager.using(db)  # noqa: SLF001
        return for_picking(scoped(queryset, request))

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Name related rows as the pickers do."""
        field: Any = super().formfield_for_foreignkey(db_field, request, **kwargs)  # type: ignore[misc]
        if field is not None:
            field.label_from_instance = picked_as
        return field
