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
        """Return the applications of the people whom the account may see."""
        return seen_through(self, "person", user)

    def waiting(self) -> Self:
        """Return those that are not decided."""
        return self.filter(state=AdmissionState.APPLIED)
