"""Reads of applications to join."""

from typing import TYPE_CHECKING, Any, Self

from django.db import models

from members.admissions.enums import AdmissionState
from union_portal.base.querysets import seen_through

if TYPE_CHECKING:
    from union_portal.accounts.models.user import User


class AdmissionQuerySet(models.QuerySet[Any]):
    """Applications to join."""

    def visible_to(self, user: "User") -> Self:
        """Return the applications of the people whom the account may see, and those to join its own branch."""
        return self.filter(pk__in=seen_through(self.model._default_manager.all(), "person", user).values("pk")) | (  # noqa: SLF001
            self.filter(pk__in=seen_through(self.model._default_manager.all(), "branch", user).values("pk"))  # noqa: SLF001
        )

    def waiting(self) -> Self:
        """Return those that are not decided."""
        return self.filter(state=AdmissionState.APPLIED)
