"""Reads of covers in business words."""

import datetime as dt
from typing import Self

from welfare.books.querysets import PersonalQuerySet


class CoverQuerySet(PersonalQuerySet):
    """Covers."""

    def in_force(self, *, on: dt.date) -> Self:
        """Return the covers that hold on the day."""
        return self.filter(starts_on__lte=on, ends_on__gte=on)
