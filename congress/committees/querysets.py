"""Reads of committees and of who sits on them."""

import datetime as dt
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from congress.bodies.querysets import led_by, runs_school, sees_school
from congress.committees.enums import CommitteeKind
from union_portal.accounts.enums import Role
from union_portal.base.querysets import DatedQuerySet

if TYPE_CHECKING:
    from union_portal.accounts.models.user import User


class CommitteeQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: "User") -> Self:
        """Return all for school roles; for branch chairs their branches' own committees."""
        return self.all() if sees_school(user) else self._of_led(user)

    def run_by(self, user: "User") -> Self:
        """Return the committees the account keeps: all for the offices, for branch chairs their branches' own."""
        return self.all() if runs_school(user) or user.has_role(Role.ORGANISATION) else self._of_led(user)

    def _of_led(self, user: "User") -> Self:
        led = led_by(user)
        return self.filter(Q(branch__in=led) | Q(branch=None, congress__branch__in=led))

    def standing(self, *, on: dt.date) -> Self:
        """Return committees in office on the day."""
        return self.filter(Q(began_on__lte=on), Q(ends_on__isnull=True) | Q(ends_on__gte=on))


class CommitteeSeatQuerySet(DatedQuerySet):
    def visible_to(self, user: "User") -> Self:
        """Return all for school roles, else the account's own."""
        return self.all() if sees_school(user) else self.filter(person__user=user)

    def reviewing(self, user: "User") -> Self:
        """Return the seats that let the account review proposals today: on the school's proposal committee."""
        school = Q(committee__branch=None, committee__congress__branch=None)
        seats = self.filter(school, person__user=user, committee__kind=CommitteeKind.PROPOSAL)
        return seats.in_force(on=timezone.localdate())
