"""Reads of places in special groups; some of the groups say something about health or hardship."""

import datetime as dt
from typing import TYPE_CHECKING, Any, Self

from django.db.models import Q, QuerySet

from members.people.enums import CARING_ROLES
from members.people.querysets import OfPersonQuerySet

if TYPE_CHECKING:
    from union_portal.accounts.models.user import User


class CohortQuerySet(OfPersonQuerySet):
    """Places in special groups; some of the groups say something about health or hardship."""

    def visible_to(self, user: "User") -> Self:
        """Return what the account may see; sensitive groups only for those who care for them."""
        seen = super().visible_to(user)
        if user.is_superuser or user.has_role(*CARING_ROLES):
            return seen
        return seen.filter(Q(kind__sensitive=False) | Q(person__user=user))

    def people(self, codes: list[str], *, on: dt.date) -> "QuerySet[Any, Any]":
        """Return the keys of the people who belong on the day to one of the groups, for a filter on `pk__in`."""
        return self.in_force(on=on).filter(kind__code__in=codes).order_by().values("person")
