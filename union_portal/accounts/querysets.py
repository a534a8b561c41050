"""Reads of accounts, roles, delegations and the access log in business words."""

import datetime as dt
from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from union_portal.accounts.enums import CONFIDENTIAL, Role
from union_portal.base.querysets import in_force

if TYPE_CHECKING:
    from union_portal.accounts.models.user import User


KEEPERS = (Role.ADMINISTRATOR, Role.ORGANISATION)
WATCHERS = (Role.ADMINISTRATOR, Role.AUDIT, Role.CHAIR)


class ByTwoQuerySet(models.QuerySet[Any]):
    """What one person asks for and a second one confirms."""

    def settled(self) -> Self:
        """Leave out what waits for a second person, and what was cancelled while it did."""
        return self.filter(Q(asked_by=None) | Q(confirmed_by__isnull=False))

    def standing(self) -> Self:
        """Leave out what was cancelled."""
        return self.filter(cancelled_by=None)

    def waiting_for(self, user: "User") -> Self:
        """Return what the account may confirm: what others ask for others."""
        found = self.standing().filter(asked_by__isnull=False, confirmed_by=None).exclude(asked_by=user)
        for name in self.model.concerned:
            found = found.exclude(**{name: user})
        return found


class HeldQuerySet(ByTwoQuerySet):
    """What holds from one day to another once it is confirmed."""

    def in_force(self, *, on: dt.date) -> Self:
        """Return what holds on the day."""
        return self.filter(in_force(on)).settled()

    def not_over(self, *, on: dt.date) -> Self:
        """Return what holds on the day or will, or would if it were confirmed."""
        return self.standing().filter(Q(valid_to=None) | Q(valid_to__gte=on))


class RoleQuerySet(HeldQuerySet):
    """Roles."""

    def visible_to(self, user: "User") -> Self:
        """Return the roles the account may see: all for keepers and watchers, else one's own."""
        sees_all = user.is_superuser or user.has_role(*KEEPERS, *WATCHERS)
        return self.all() if sees_all else self.filter(user=user)


class DelegationQuerySet(HeldQuerySet):
    """Delegations."""

    def visible_to(self, user: "User") -> Self:
        """Return the delegations the account may see: all for keepers and watchers, else those it takes part in."""
        if user.is_superuser or user.has_role(*KEEPERS, *WATCHERS):
            return self.all()
        return self.filter(Q(delegator=user) | Q(delegate=user))


class AccountRequestQuerySet(ByTwoQuerySet):
    """Steps on accounts that wait for a second person or did."""

    def visible_to(self, user: "User") -> Self:
        """Return all to keepers and watchers."""
        return self.all() if user.is_superuser or user.has_role(*KEEPERS, *WATCHERS) else self.none()


class UserQuerySet(models.QuerySet[Any]):
    """Accounts."""

    def entrusted(self) -> Self:
        """Return the accounts worth getting into: with a role, own or lent, that is not over, confirmed or not."""
        today = timezone.localdate()
        roles, lent = (
            apps.get_model("accounts", name)._default_manager.not_over(on=today).order_by()  # noqa: SLF001
            for name in ("RoleAssignment", "Delegation")
        )
        return self.filter(
            Q(is_superuser=True)
            | Exists(roles.filter(user=OuterRef("pk")))
            | Exists(lent.filter(delegate=OuterRef("pk")))
        )

    def holding(self, *roles: Role) -> Self:
        """Return the open accounts that hold one of the roles today, own or lent."""
        today = timezone.localdate()
        held, lent = (
            apps.get_model("accounts", name)._default_manager.in_force(on=today).filter(role__in=roles)  # noqa: SLF001
            for name in ("RoleAssignment", "Delegation")
        )
        return self.filter(Q(pk__in=held.values("user")) | Q(pk__in=lent.values("delegate")), is_active=True)

    def visible_to(self, user: "User") -> Self:
        """Return the accounts one may see: all for staff who name people in forms, else one's own."""
        return self.all() if user.is_superuser or user.is_staff else self.filter(pk=user.pk)


class AccessQuerySet(models.QuerySet[Any]):
    """The access log."""

    def visible_to(self, user: "User") -> Self:
        """Return the log for those who watch over it, else one's own lines; of confidential matters these alone."""
        own = Q(user=user)
        return self.filter(own | ~Q(kind=CONFIDENTIAL) if user.is_superuser or user.has_role(*WATCHERS) else own)
