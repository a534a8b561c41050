"""What a person received, is due and holds, as one statement."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Case, Q, Value, When
from django.utils import timezone

from members.people.models import Person
from welfare.grants.enums import GrantState
from welfare.grants.models import Grant
from welfare.mutual_aid.models import Cover

SHOWN = (GrantState.RECEIVED, GrantState.DUE, GrantState.RETURNED)
# What a line of a statement says; the rest of five tables would be read with every member's page.
_TOLD = (
    *("state", "form", "amount", "granted_on", "received_on"),
    *("benefit__name", "benefit__category", "occasion__name", "round__goods", "received_by__name"),
)


def total(grants: tuple[Grant, ...]) -> Decimal:
    """Return the known values, in yuan."""
    return sum((grant.amount or Decimal(0) for grant in grants), start=Decimal("0.00"))


@dataclass(frozen=True)
class Statement:
    """Everything of one person: received (newest first), still due, covers with `standing` in words."""

    person: Person
    received: tuple[Grant, ...]
    due: tuple[Grant, ...]
    covers: tuple[Any, ...]

    @property
    def total(self) -> Decimal:
        """The known values received, in yuan."""
        return total(self.received)

    def by_year(self) -> dict[int, tuple[Grant, ...]]:
        """Return what was received by the year it was given in, newest year first."""
        years = dict.fromkeys(grant.granted_on.year for grant in self.received)
        return {year: tuple(grant for grant in self.received if grant.granted_on.year == year) for year in years}


def statement(
    *, person: Person, year: int | None = None, on: dt.date | None = None, since: dt.date | None = None
) -> Statement:
    """Return the person's statement, of one year if asked; two queries. Covers hold or not on the day (today).

    `since` leaves out what was given before that day, and covers that have ended.
    """
    today = on or timezone.localdate()
    grants = Grant.objects.filter(person=person, state__in=SHOWN)
    covers = Cover.objects.standing().filter(person=person)
    if year is not None:
        grants = grants.filter(granted_on__year=year)
        covers = covers.filter(starts_on__year__lte=year, ends_on__year__gte=year)
    if since is not None:
        grants, covers = grants.filter(granted_on__gte=since), covers.filter(ends_on__gte=today)
    grants = grants.select_related("benefit", "occasion", "round", "received_by").only(*_TOLD)
    standing = Case(
        When(Q(starts_on__gt=today), then=Value("未生效")),
        When(Q(ends_on__lt=today), then=Value("已到期")),
        default=Value("保障中"),
    )
    told = grants.order_by("-granted_on", "-pk")
    return Statement(
        person=person,
        received=tuple(grant for grant in told if grant.state == GrantState.RECEIVED),
        due=tuple(grant for grant in told if grant.state != GrantState.RECEIVED),
        covers=tuple(covers.annotate(standing=standing).select_related("plan").order_by("-starts_on", "plan__code")),
    )
