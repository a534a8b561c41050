"""Who reads all proposals; reads of categories and drives."""

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db import models
from django.utils import timezone

from union_portal.accounts.enums import Role
from union_portal.base.prepared import existing

if TYPE_CHECKING:
    from union_portal.accounts.models.user import User


# Who reads every submitted proposal at the desk.
OFFICE = (Role.CONGRESS, Role.CHAIR, Role.VICE_CHAIR, Role.AUDIT)


def reads_all(user: "User") -> bool:
    """Tell whether the account reads every submitted proposal: the congress office, chair, audit, the committee.

    Asked at every permission of a page, so the seat is looked up once for the account that a request brings.
    """
    if user.is_superuser or user.has_role(*OFFICE):
        return True
    seats = apps.get_model("congress", "CommitteeSeat").objects
    asked = partial(existing, user, "reviewing", lambda account: {"seat": seats.reviewing(account)})
    return bool(user.once("reviewing", asked))


class CategoryQuerySet(models.QuerySet[Any]):
    """Categories of proposals."""

    def visible_to(self, user: "User") -> Self:
        """Return all: everybody who reads proposals sees what they are sorted into."""
        return self.all() if user.is_authenticated else self.none()


class DriveQuerySet(models.QuerySet[Any]):
    """Drives for proposals."""

    def visible_to(self, user: "User") -> Self:
        """Return all for who reads all proposals, else the drives of the account's own congresses."""
        return self.all() if reads_all(user) else self.for_delegate(user)

    def for_delegate(self, user: "User") -> Self:
        """Return the drives of sessions whose bodies the account has a mandate in today."""
        own = apps.get_model("congress", "Delegate")._default_manager.of(user).values("congress")  # noqa: SLF001
        sittings = apps.get_model("congress", "Sitting")._default_manager.filter(congress__in=own)  # noqa: SLF001
        return self.filter(session__in=sittings.order_by().values("session"))

    def running(self, *, now: dt.datetime | None = None) -> Self:
        """Return the drives that take proposals at the moment."""
        moment = now or timezone.now()
        return self.filter(opens_on__lte=timezone.localdate(moment), closes_at__gt=moment)
