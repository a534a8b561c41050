"""Whose reports an account sees, and which it writes for its own branch."""

from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db import models

from union_portal.accounts.enums import SCHOOL_ROLES, Role

if TYPE_CHECKING:
    from union_portal.accounts.models import User


class AnnualReportQuerySet(models.QuerySet[Any]):
    """Reports of the school and of its branches."""

    def visible_to(self, user: "User") -> Self:
        """Return every report to the school's officers, to a branch's chair those of the own branch."""
        if user.is_superuser or user.has_role(*SCHOOL_ROLES):
            return self.all()
        if not user.has_role(Role.BRANCH_CHAIR):
            return self.none()
        branches: Any = apps.get_model("members", "Branch")._default_manager  # noqa: SLF001
        return self.filter(branch__in=branches.keys_led_by(user))
