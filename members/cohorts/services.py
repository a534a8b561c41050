"""Placing people in special groups, and the groups to start with."""

import datetime as dt
from typing import Any

from django.db import transaction

from members.cohorts.enums import COHORT_KINDS
from members.cohorts.models import Cohort, CohortKind
from members.people.models import Person
from members.people.services import alive
from union_portal.base.steps import hold, saved


@transaction.atomic
def add_to_cohort(*, person: Person, kind: CohortKind, on: dt.date, document: str = "") -> Cohort:
    """Place a person in a special group from the day; refused while a place in the same group is open."""
    current = hold(person)
    alive(current, on=on)
    return saved(Cohort(person=current, kind=kind, valid_from=on, document=document))


@transaction.atomic
def end_cohort(*, cohort: Cohort, on: dt.date) -> Cohort:
    """End a place in a special group; the day is its last."""
    cohort.valid_to = on
    return saved(cohort)


def sync_cohort_kinds(*, using: str = "default", **_signal: Any) -> None:
    """Add the starting kinds of special group that are missing."""
    CohortKind.objects.using(using).bulk_create(
        (CohortKind(code=code, name=name, sensitive=sensitive) for code, name, sensitive in COHORT_KINDS),
        ignore_conflicts=True,
    )
