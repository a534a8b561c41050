"""Reads of grants in business words."""

import datetime as dt
from typing import Self

from welfare.books.querysets import PersonalQuerySet
from welfare.grants.enums import GIVEN, LIVING


class GrantQuerySet(PersonalQuerySet):
    """Grants."""

    def living(self) -> Self:
        """Return the grants that stand."""
        return self.filter(state__in=LIVING)

    def given(self) -> Self:
        """Return the grants that arrived."""
        return self.filter(state__in=GIVEN)

    def within(self, start: dt.date, end: dt.date) -> Self:
        """Return the grants of these days, both inclusive."""
        return self.filter(granted_on__range=(start, end))
