"""Reads of covers in business words."""

import datetime as dt
from collections.abc import Iterable
from typing import Any, Self

from welfare.books.querysets import PersonalQuerySet
from welfare.mutual_aid.enums import CoverState


class CoverQuerySet(PersonalQuerySet):
    """Covers."""

    def standing(self) -> Self:
        """Return the covers that were not entered by mistake; one that was withdrawn held until its last day."""
        return self.exclude(state=CoverState.ANNULLED)

    def overlapping(
        self, plan: Any, people: Iterable[int], starts_on: dt.date, ends_on: dt.date
    ) -> Iterable[tuple[dt.date, dt.date, int]]:
        """Return first day, last day and person of the plan's covers that hold on a day of the term."""
        same = {"plan": plan, "person__in": list(people)}
        found = self.standing().filter(starts_on__lte=ends_on, ends_on__gte=starts_on, **same)
        return found.values_list("starts_on", "ends_on", "person")
