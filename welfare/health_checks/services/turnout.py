"""How many of a branch belong to a check, how many came, and how many were to come."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count

from members.branches.models import Branch, BranchAssignment
from members.people.models import Person
from union_portal.base.querysets import in_force
from welfare.health_checks.enums import Audience, BookingState
from welfare.health_checks.models import CheckBooking, HealthCheck, TurnoutQuota
from welfare.health_checks.services.booking import KINDS


@dataclass(frozen=True)
class Turnout:
    """How many of a branch belong to the check, how many came, and how many were to come (None: no quota)."""

    branch: Branch
    members: int
    came: int
    wanted: int | None


def wanted_of(quotas: Iterable[TurnoutQuota], members: int) -> int | None:
    """Return how many of so many are to come, rounded up; None below the lowest band.

    The bands step down, so that a branch of 40 may be asked for fewer than one of 39.
    """
    fitting = [one for one in quotas if one.members_from <= members]
    if not fitting:
        return None
    percent = max(fitting, key=lambda one: one.members_from).percent
    return -(-members * percent // 100)


def turnout(*, health_check: HealthCheck) -> list[Turnout]:
    """Return for each branch who belongs to the check on its first day, who came, and who was to come."""
    on = health_check.roster_on or health_check.starts_on
    people = Person.objects.of_kind(*KINDS[Audience(health_check.audience)], on=on).order_by().values("pk")
    assigned = BranchAssignment.objects.filter(in_force(on), person__in=people).order_by()
    members = dict(assigned.values_list("branch").annotate(n=Count("person")))
    attended = (BookingState.ATTENDED, BookingState.REFUNDED)
    booked = CheckBooking.objects.filter(health_check=health_check, state__in=attended).order_by()
    there = dict(booked.exclude(branch=None).values_list("branch").annotate(n=Count("person", distinct=True)))
    quotas = list(health_check.quotas.all())
    return [
        Turnout(
            branch, members.get(branch.pk, 0), there.get(branch.pk, 0), wanted_of(quotas, members.get(branch.pk, 0))
        )
        for branch in Branch.objects.filter(pk__in={*members, *there}).order_by("code")
    ]
