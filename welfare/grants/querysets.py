"""Reads of rounds and grants in business words."""

import datetime as dt
from typing import TYPE_CHECKING, Any, Self

from django.db import models

from members.people.querysets import people_seen_by
from union_portal.accounts.enums import Role
from welfare.books.querysets import SEES_ALL
from welfare.grants.enums import GIVEN, LIVING

if TYPE_CHECKING:
    from union_portal.accounts.models.user import User


class RoundQuerySet(models.QuerySet[Any]):
    """Rounds."""

    def visible_to(self, user: "User") -> Self:
        """Return the rounds the account may see: all for welfare, finance and the chair, else none."""
        return self.all() if user.is_superuser or user.has_role(*SEES_ALL) else self.none()


class GrantQuerySet(models.QuerySet[Any]):
    """Grants."""

    def living(self) -> Self:
        """Return the grants that stand."""
        return self.filter(state__in=LIVING)

    def given(self) -> Self:
        """Return the grants that arrived."""
        return self.filter(state__in=GIVEN)

    def within(self, start: dt.date, end: dt.date) -> Self:
        """Return the grants of these days, both inclusive."""
        return self.filter(granted_on__range=(start, end))

    def visible_to(self, user: "User") -> Self:
        """Return the grants the account may see: the school's, the own branch's, or only one's own."""
        if user.is_superuser or user.has_role(*SEES_ALL):
            return self.all()
        if user.has_role(Role.BRANCH_CHAIR):
            return self.filter(person__in=people_seen_by(self, user).values("pk"))
        return self.filter(person__user=user)
