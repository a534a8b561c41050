"""What a person received, is due and holds, as one statement."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Case, Q, QuerySet, Value, When
from django.utils import timezone

from members.people.models import Person
from union_portal.accounts.models import User
from union_portal.base.portal import YEARS_SHOWN
from union_portal.base.prepared import own
from welfare.grants.enums import GrantState
from welfare.grants.models import Grant
from welfare.mutual_aid.models import Cover

SHOWN = (GrantState.RECEIVED, GrantState.DUE, GrantState.RETURNED)
# What a line of a statement says; the rest of five tables would be read with every member's page.
_TOLD = (
    *("state", "form", "amount", "granted_on", "received_on"),
    *("benefit__name", "benefit__category", "occasion__name", "round__goods", "round__state"),
    "received_by__name",
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


def statement(*, person: Person, year: int | None = None, on: dt.date | None = None) -> Statement:
    """Return the person's statement, of one year if asked; two queries. Covers hold or not on the day (today)."""
    told, covers = _grants().filter(person=person), _covers(on or timezone.localdate()).filter(person=person)
    if year is not None:
        told = told.filter(granted_on__year=year)
        covers = covers.filter(starts_on__year__lte=year, ends_on__year__gte=year)
    return Statement(
        person=person,
        received=tuple(grant for grant in told if grant.state == GrantState.RECEIVED),
        due=tuple(grant for grant in told if grant.state != GrantState.RECEIVED),
        covers=tuple(covers),
    )


def grants_of(user: User, *, years: int) -> list[Grant]:
    """Return what the account's owner received this year and in those before it, and what is due, newest first."""
    this_year = timezone.localdate().year
    first, last = dt.date(this_year - years + 1, 1, 1), dt.date(this_year - YEARS_SHOWN + 1, 1, 1)
    # A grant of last year may have come this year.
    told = Q(granted_on__gte=first) | Q(received_on__gte=first) | ~Q(state=GrantState.RECEIVED)
    return own(
        user,
        ("grants", first),
        lambda account: _grants().filter(told, person__user=account, granted_on__gte=last),
    )


def covers_of(user: User) -> list[Any]:
    """Return the covers of the account's owner that have begun and not ended, with `standing` in words."""
    today = timezone.localdate()
    return own(
        user,
        "covers",
        lambda account: _covers(today).filter(person__user=account, starts_on__lte=today, ends_on__gte=today),
    )


def _grants() -> "QuerySet[Grant]":
    shown = Grant.objects.filter(state__in=SHOWN).select_related("benefit", "occasion", "round", "received_by")
    return shown.only(*_TOLD).order_by("-granted_on", "-pk")


def _covers(today: dt.date) -> "QuerySet[Cover]":
    standing = Case(
        When(Q(starts_on__gt=today), then=Value("未生效")),
        When(Q(ends_on__lt=today), then=Value("已到期")),
        default=Value("保障中"),
    )
    found: QuerySet[Cover] = Cover.objects.standing().annotate(standing=standing)
    return found.select_related("plan").order_by("-starts_on", "plan__code")
