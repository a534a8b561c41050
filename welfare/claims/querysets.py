"""Reads of claims in business words."""

import datetime as dt
from typing import Self

from union_portal.base.querysets import WholeListQuerySet, in_force
from welfare.books.querysets import PersonalQuerySet
from welfare.claims.enums import CLAIMED, LIVING, ClaimState


class ClaimRuleQuerySet(WholeListQuerySet):
    """Standards of claims."""

    def in_force(self, *, on: dt.date) -> Self:
        """Return the standards that hold on the day."""
        return self.filter(in_force(on))


class ClaimQuerySet(PersonalQuerySet):
    """Claims."""

    def living(self) -> Self:
        """Return those that run or were paid: one for each event, counted against the caps."""
        return self.filter(state__in=LIVING)

    def claimed(self) -> Self:
        """Return those that were handed in and not taken back."""
        return self.filter(state__in=CLAIMED)

    def paid(self) -> Self:
        """Return those that the insurer paid."""
        return self.filter(state=ClaimState.PAID)
