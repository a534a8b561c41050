"""Reads of covers in business words."""

import datetime as dt
from typing import TYPE_CHECKING, Any, Self

from django.db import models

from members.people.querysets import people_seen_by
from union_portal.accounts.enums import Role
from welfare.books.querysets import SEES_ALL

if TYPE_CHECKING:
    from union_portal.accounts.models.user import User


class CoverQuerySet(models.QuerySet[Any]):
    """Covers."""

    def in_force(self, *, on: dt.date) -> Self:
        """Return the covers that hold on the day."""
        return self.filter(starts_on__lte=on, ends_on__gte=on)

    def visible_to(self, user: "User") -> Self:
        """Return the covers the account may see."""
        if user.is_superuser or user.has_role(*SEES_ALL):
            return self.all()
        if user.has_role(Role.BRANCH_CHAIR):
            return self.filter(person__in=people_seen_by(self, user).values("pk"))
        return self.filter(person__user=user)
