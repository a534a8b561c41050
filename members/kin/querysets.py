"""Reads of kin, for those who care for people."""

from typing import TYPE_CHECKING, Any, Self

from django.db import models

from members.people.enums import CARING_ROLES

if TYPE_CHECKING:
    from union_portal.accounts.models.user import User


class KinshipQuerySet(models.QuerySet[Any]):
    """Relations between people."""

    def visible_to(self, user: "User") -> Self:
        """Return the relations of people whom the account may see, for those who care for them."""
        if user.is_superuser or user.has_role(*CARING_ROLES):
            return self.all()
        return self.filter(person__user=user)
