"""Reads of mandates."""

import datetime as dt
from typing import TYPE_CHECKING, Self

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from congress.bodies.querysets import CongressScopedQuerySet
from congress.delegates.enums import Seat
from union_portal.base.querysets import in_force

if TYPE_CHECKING:
    from union_portal.accounts.models.user import User


class DelegateQuerySet(CongressScopedQuerySet):
    def voting(self) -> Self:
        """Return mandates with a vote: neither observers nor guests."""
        return self.filter(seat=Seat.DELEGATE)

    def moved(self, *, on: dt.date) -> Self:
        """Return the mandates in force whose holder belongs to another unit today than the one that elected."""
        from django.apps import apps  # noqa: PLC0415 - below the models

        places = apps.get_model("members", "BranchAssignment")._default_manager  # noqa: SLF001
        here = places.filter(in_force(on), person=OuterRef("person"))
        inside = Q(branch=OuterRef("unit")) | Q(branch__parent=OuterRef("unit"))
        running: Self = self.in_force(on=on).filter(seat=Seat.DELEGATE, unit__isnull=False)
        return running.filter(Exists(here)).exclude(Exists(here.filter(inside)))

    def of(self, user: "User", *, on: dt.date | None = None) -> Self:
        """Return the mandates in force of the person behind the account."""
        return self.filter(person__user=user).in_force(on=on or timezone.localdate())
