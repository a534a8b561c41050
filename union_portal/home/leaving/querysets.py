"""Reads of archives of everything, going and coming."""

import datetime as dt
from typing import TYPE_CHECKING, Any, Self

from django.db import models

from union_portal.accounts.enums import Role
from union_portal.accounts.querysets import ByTwoQuerySet

if TYPE_CHECKING:
    from union_portal.accounts.models import User

SEE = (Role.ADMINISTRATOR, Role.CHAIR, Role.AUDIT)


class LeavingQuerySet(ByTwoQuerySet):
    """Archives of everything, asked for, made, and gone."""

    def visible_to(self, user: "User") -> Self:
        """Return all to whoever may ask, confirm or audit."""
        return self.all() if user.is_superuser or user.has_role(*SEE) else self.none()

    def over(self, *, moment: dt.datetime) -> Self:
        """Return those whose file was made before the moment and lies there still."""
        return self.filter(made_at__lt=moment).exclude(file="")


class ArrivalQuerySet(models.QuerySet[Any]):
    """Archives of other portals that came in."""

    def visible_to(self, user: "User") -> Self:
        """Return all to whoever may ask for an archive, or audit."""
        return self.all() if user.is_superuser or user.has_role(*SEE) else self.none()

    def over(self, *, moment: dt.datetime) -> Self:
        """Return those that nobody finished since the moment."""
        return self.filter(is_open=True, at__lt=moment)
