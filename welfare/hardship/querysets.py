"""Reads of hardship files and aids in business words."""

import datetime as dt
from typing import TYPE_CHECKING, Any, Self

from django.db import models

from union_portal.base.periods import months_later
from union_portal.base.querysets import seen_through
from welfare.books.querysets import PersonalQuerySet
from welfare.hardship.enums import STANDING, AidState, FileState

if TYPE_CHECKING:
    from union_portal.accounts.models.user import User

MONTHS = 12


class FileQuerySet(PersonalQuerySet):
    """Files."""

    def to_recheck(self, *, on: dt.date) -> Self:
        """Return the files decided a year before the day or earlier, which nobody checked since."""
        return self.filter(state=FileState.LISTED, decided_on__lte=months_later(on, -MONTHS))


class OfFileQuerySet(models.QuerySet[Any]):
    """What a file tells of: household, costs, earlier decisions."""

    def visible_to(self, user: "User") -> Self:
        """Return the rows of the files that the account may see."""
        return seen_through(self, "file", user)


class AidQuerySet(PersonalQuerySet):
    """Aids."""

    def given(self) -> Self:
        """Return what arrived."""
        return self.filter(state=AidState.PAID)

    def standing(self) -> Self:
        """Return what was approved and not taken back."""
        return self.filter(state__in=STANDING)
