"""Reads of membership episodes."""

import datetime as dt
from typing import Self

from members.people.querysets import OfPersonQuerySet


class MembershipQuerySet(OfPersonQuerySet):
    """Membership episodes."""

    def began_within(self, start: dt.date, end: dt.date) -> Self:
        """Return the episodes that began in these days, both inclusive."""
        return self.filter(valid_from__range=(start, end))

    def ended_within(self, start: dt.date, end: dt.date) -> Self:
        """Return the episodes that ended in these days, both inclusive."""
        return self.filter(valid_to__range=(start, end))
