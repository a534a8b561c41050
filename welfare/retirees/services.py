"""Reads of the retired with what they receive, for lists of them."""

import datetime as dt
from typing import Any

from django.db.models import Exists, OuterRef, Subquery, Sum

from members.people.querysets import PersonQuerySet
from union_portal.base.querysets import how_many
from welfare.books.querysets import PersonalQuerySet
from welfare.grants.models import Grant
from welfare.grants.querysets import GrantQuerySet
from welfare.health_checks.models import CheckBooking
from welfare.visits.models import Visit
from welfare.visits.querysets import VisitQuerySet


def _visits() -> VisitQuerySet:
    rows: VisitQuerySet = Visit.objects.standing().filter(person=OuterRef("pk"))
    return rows


def _checks() -> PersonalQuerySet:
    rows: PersonalQuerySet = CheckBooking.objects.filter(person=OuterRef("pk"), attended_on__isnull=False)
    return rows


def _given(on: dt.date) -> GrantQuerySet:
    rows: GrantQuerySet = Grant.objects.given()
    return rows.filter(granted_on__range=(on.replace(month=1, day=1), on.replace(month=12, day=31)))


def with_care(people: PersonQuerySet, *, on: dt.date) -> Any:
    """Annotate what each was given in the day's year (times, yuan), and the days of the last visit and check."""
    own = _given(on).filter(person=OuterRef("pk")).order_by().values("person")
    return people.annotate(
        given_times=how_many(_given(on), "person"),
        given_yuan=Subquery(own.annotate(yuan=Sum("amount")).values("yuan")),
        last_visit=Subquery(_visits().order_by("-visited_on").values("visited_on")[:1]),
        last_check=Subquery(_checks().order_by("-attended_on").values("attended_on")[:1]),
    )


def not_visited(people: PersonQuerySet, *, year: int) -> PersonQuerySet:
    """Return those whom nobody went to see in the year."""
    return people.filter(~Exists(_visits().filter(visited_on__year=year)))


def not_checked(people: PersonQuerySet, *, year: int) -> PersonQuerySet:
    """Return those who attended no check of the year."""
    return people.filter(~Exists(_checks().filter(attended_on__year=year)))


def not_given(people: PersonQuerySet, *, on: dt.date) -> PersonQuerySet:
    """Return those who were given nothing in the day's year."""
    return people.filter(~Exists(_given(on).filter(person=OuterRef("pk"))))
