"""Reads of accounts, roles, delegations and the access log in business words."""

import datetime as dt
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q

from union_portal.accounts.enums import Role

if TYPE_CHECKING:
    from union_portal.accounts.models import User

KEEPERS = (Role.ADMINISTRATOR, Role.ORGANISATION)
WATCHERS = (Role.ADMINISTRATOR, Role.AUDIT, Role.CHAIR)


class DatedQuerySet(models.QuerySet[Any]):
    """Rows with `valid_from` and `valid_to`, both inclusive; an empty end holds until further notice."""

    def in_force(self, *, on: dt.date) -> Self:
        """Return the rows that hold on the day."""
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on), valid_from__lte=on)


class RoleQuerySet(DatedQuerySet):
    """Roles."""

    def visible_to(self, user: "User") -> Self:
        """Return the roles the account may see: all for keepers and watchers, else one's own."""
        sees_all = user.is_superuser or user.has_role(*KEEPERS, *WATCHERS)
        return self.all() if sees_all else self.filter(user=user)


class DelegationQuerySet(DatedQuerySet):
    """Delegations."""

    def visible_to(self, user: "User") -> Self:
        """Return the delegations the account may see: all for keepers and watchers, else those it takes part in."""
        if user.is_superuser or user.has_role(*KEEPERS, *WATCHERS):
            return self.all()
        return self.filter(Q(delegator=user) | Q(delegate=user))


class UserQuerySet(models.QuerySet[Any]):
    """Accounts."""

    def visible_to(self, user: "User") -> Self:
        """Return the accounts one may see: all for staff who name people in forms, else one's own."""
        return self.all() if user.is_superuser or user.is_staff else self.filter(pk=user.pk)


class AccessQuerySet(models.QuerySet[Any]):
    """The access log."""

    def visible_to(self, user: "User") -> Self:
        """Return the whole log for those who watch over it, else one's own lines."""
        return self.all() if user.is_superuser or user.has_role(*WATCHERS) else self.filter(user=user)
