"""Reads of grants in business words."""

import datetime as dt
from typing import Self

from django.db.models import Case, DateField, F, Func, Value, When
from django.db.models.functions import Greatest, Least

from welfare.books.querysets import PersonalQuerySet
from welfare.grants.enums import GIVEN, LIVING


def _day(month: int, day: int) -> Func:
    return Func(F("occasion__year"), Value(month), Value(day), function="make_date", output_field=DateField())


class GrantQuerySet(PersonalQuerySet):
    """Grants."""

    def living(self) -> Self:
        """Return the grants that stand."""
        return self.filter(state__in=LIVING)

    def given(self) -> Self:
        """Return the grants that arrived."""
        return self.filter(state__in=GIVEN)

    def in_years(self) -> Self:
        """Tell each grant's day within the year of its occasion: what comes a day before 元旦 is of 元旦."""
        inside = Greatest(_day(1, 1), Least(_day(12, 31), F("granted_on")))
        day = Case(When(occasion__isnull=False, then=inside), default=F("granted_on"), output_field=DateField())
        return self.annotate(day_in_year=day)

    def within(self, start: dt.date, end: dt.date) -> Self:
        """Return the grants of these days, both inclusive."""
        return self.filter(granted_on__range=(start, end))
