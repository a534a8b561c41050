"""Reads of grants in business words."""

import datetime as dt
from typing import Self

from django.db.models import Case, DateField, F, Func, Q, Value, When
from django.db.models.functions import Greatest, Least

from members.memberships.models import Membership
from welfare.books.querysets import PersonalQuerySet
from welfare.grants.enums import GIVEN, LIVING, OPEN
from welfare.life_events.enums import EventKind


def _day(month: int, day: int) -> Func:
    return Func(F("occasion__year"), Value(month), Value(day), function="make_date", output_field=DateField())


class GrantQuerySet(PersonalQuerySet):
    """Grants."""

    def living(self) -> Self:
        """Return the grants that stand."""
        return self.filter(state__in=LIVING)

    def to_look_at(self, *, on: dt.date) -> Self:
        """Return the open grants that rest on what the register does not say any more, or that nobody is left to take.

        Whose recipient has died (but for what is given for his own death), or is no member any more though the benefit
        asks for it; whose event is a death or a retirement that the register does not know (any more). Computed from
        dates when read, so that nothing is dropped in silence and nothing goes stale.
        """
        members = Membership.objects.in_force(on=on).values("person")
        own = Q(event__relation="", event__whose=F("person"))
        his_death = own & Q(event__kind=EventKind.DEATH)
        dead = Q(person__died_on__isnull=False) & ~Q(pk__in=self.model._default_manager.filter(his_death).values("pk"))  # noqa: SLF001
        left = ~Q(person__in=members) & Q(benefit__non_members=False)
        undone = own & (
            Q(event__kind=EventKind.DEATH, person__died_on__isnull=True)
            | Q(event__kind=EventKind.RETIREMENT, person__retired_on__isnull=True)
        )
        return self.filter(dead | left | undone, state__in=OPEN)

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
