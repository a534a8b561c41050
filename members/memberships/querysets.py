"""Reads of membership episodes."""

import datetime as dt
from typing import TYPE_CHECKING, Any, Self

from django.db import models

from members.people.querysets import OfPersonQuerySet
from union_portal.base.querysets import seen_through

if TYPE_CHECKING:
    from union_portal.accounts.models.user import User


class MembershipQuerySet(OfPersonQuerySet):
    """Membership episodes."""

    def began_within(self, start: dt.date, end: dt.date) -> Self:
        """Return the episodes that began in these days, both inclusive."""
        return self.filter(valid_from__range=(start, end))

    def ended_within(self, start: dt.date, end: dt.date) -> Self:
        """Return the episodes that ended in these days, both inclusive."""
        return self.filter(valid_to__range=(start, end))


class RegisterEntryQuerySet(models.QuerySet[Any]):
    """What was recorded of memberships."""

    def visible_to(self, user: "User") -> Self:
        """Return what was recorded of the people whom the account may see."""
        return seen_through(self, "person", user)

    def standing(self) -> Self:
        """Return the steps that no correction has taken back."""
        return self.filter(correction=False, corrected_by__isnull=True)
