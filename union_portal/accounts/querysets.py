"""Reads of accounts, roles, delegations and the access log in business words."""

import datetime as dt
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q

from union_portal.accounts.enums import CONFIDENTIAL, Role
from union_portal.base.querysets import DatedQuerySet

if TYPE_CHECKING:
    from union_portal.accounts.models.user import User


KEEPERS = (Role.ADMINISTRATOR, Role.ORGANISATION)
WATCHERS = (Role.ADMINISTRATOR, Role.AUDIT, Role.CHAIR)


WAITING = Q(given_by__isnull=False, confirmed_by=None)


class RoleQuerySet(DatedQuerySet):
    """Roles."""

    def in_force(self, *, on: dt.date) -> Self:
        """Return the roles that hold on the day."""
        return super().in_force(on=on).settled()

    def settled(self) -> Self:
        """Leave out what waits for a second person."""
        return self.exclude(WAITING)

    def waiting_for(self, user: "User") -> Self:
        """Return what the account may confirm: what others gave to others."""
        return self.filter(WAITING).exclude(given_by=user).exclude(user=user)

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
        """Return the log for those who watch over it, else one's own lines; of confidential matters these alone."""
        own = Q(user=user)
        return self.filter(own | ~Q(kind=CONFIDENTIAL) if user.is_superuser or user.has_role(*WATCHERS) else own)
