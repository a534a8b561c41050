"""Reads of places in special groups; some of the groups say something about health or hardship."""

from typing import TYPE_CHECKING, Self

from django.db.models import Q

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
