"""Reads of membership episodes."""

import datetime as dt
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Exists, OuterRef

from members.memberships.enums import MembershipEnd
from members.people.querysets import OfPersonQuerySet
from union_portal.base.querysets import seen_through

if TYPE_CHECKING:
    from members.memberships.models import SetAside
    from union_portal.accounts.models.user import User


class MembershipQuerySet(OfPersonQuerySet):
    """Membership episodes."""

    def began_within(self, start: dt.date, end: dt.date) -> Self:
        """Return the episodes that began in these days, both inclusive."""
        return self.filter(valid_from__range=(start, end))

    def ended_within(self, start: dt.date, end: dt.date) -> Self:
        """Return the episodes that ended in these days, both inclusive."""
        return self.filter(valid_to__range=(start, end))

    def transferred(self, *, on: dt.date) -> Self:
        """Return the episodes of who has left for another union by the day, and has not come back."""
        later = self.model._default_manager.filter(person=OuterRef("person"), valid_from__gt=OuterRef("valid_to"))  # noqa: SLF001
        return self.filter(~Exists(later), ended_by=MembershipEnd.TRANSFERRED_OUT, valid_to__lt=on)


class RegisterEntryQuerySet(models.QuerySet[Any]):
    """What was recorded of memberships."""

    def visible_to(self, user: "User") -> Self:
        """Return what was recorded of the people whom the account may see."""
        return seen_through(self, "person", user)

    def standing(self) -> Self:
        """Return the steps that no correction has taken back."""
        return self.filter(correction=False, corrected_by__isnull=True)


class SetAsideQuerySet(RegisterEntryQuerySet):
    """What does not apply, and what does after all."""

    def in_force(self) -> "dict[str, SetAside]":
        """Return by thing who said last that it does not apply; what was listed again since is left out."""
        last: dict[str, SetAside] = {one.item: one for one in self.select_related("actor").order_by("pk")}
        return {item: said for item, said in last.items() if said.aside}
