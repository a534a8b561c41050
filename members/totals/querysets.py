"""Reads of totals of the time before the portal."""

from typing import TYPE_CHECKING, Any, Self

from django.db import models

from union_portal.accounts.enums import SCHOOL_ROLES

if TYPE_CHECKING:
    from union_portal.accounts.models.user import User


class SummaryQuerySet(models.QuerySet[Any]):
    """Totals of the time before the portal."""

    def visible_to(self, user: "User") -> Self:
        """Return everything to those who see the whole school."""
        return self.all() if user.is_superuser or user.has_role(*SCHOOL_ROLES) else self.none()
