"""Booking a place of a day, moving it, and whom a check is for."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import transaction

from members.branches.models import BranchAssignment
from members.people.enums import PersonKind
from members.people.models import Person
from union_portal.base.errors import DomainError, Refused
from union_portal.base.querysets import in_force
from union_portal.base.steps import hold, record, take
from welfare.health_checks.enums import Audience, BookingState, HealthCheckState
from welfare.health_checks.models import CheckBooking, CheckDay, CheckPackage, HealthCheck

KINDS = {
    Audience.STAFF: (PersonKind.STAFF,),
    Audience.RETIRED: (PersonKind.RETIREE,),
    Audience.EVERYBODY: (PersonKind.STAFF, PersonKind.RETIREE),
}


def package_for(
    packages: Iterable[CheckPackage], *, year: int, gender: str, born: dt.date | None
) -> CheckPackage | None:
    """Return the band of somebody by the age of the year (the year less the year of birth); None without one."""
    if born is None:
        return None
    return next((one for one in packages if one.covers(gender=gender, age=year - born.year)), None)


@transaction.atomic
def book(*, health_check: HealthCheck, person: Person, actor: Any, day: CheckDay | None = None) -> CheckBooking:
    """Book a place of the day, or note that somebody goes on his own; the day's row is the lock of its places.

    Raises Refused when the check takes no bookings or the day is full, DomainError for whom it is not meant or who has
    a booking already.
    """
    check = hold_open(health_check)
    if not Person.objects.of_kind(*KINDS[Audience(check.audience)], on=check.starts_on).filter(pk=person.pk).exists():
        raise DomainError(f"本次体检的对象是{check.get_audience_display()}，不含此人。", field="person")
    if check.roster_on and person.employed_on and person.employed_on > check.roster_on:
        words = f"此人 {person.employed_on} 来校，晚于人员截止日 {check.roster_on}，不在本次体检范围。"
        raise DomainError(words, field="person")
    _hold_place(check, day)
    on = day.on if day is not None else check.starts_on
    branch = BranchAssignment.objects.filter(in_force(on), person=person).values_list("branch", flat=True).first()
    package = package_for(check.packages.all(), year=check.year, gender=person.gender, born=person.birth_date)
    made = CheckBooking(health_check=check, person=person, day=day, branch_id=branch, package=package)
    return record(made, actor=actor)


def hold_open(health_check: HealthCheck) -> HealthCheck:
    """Return the check as it stands, kept from being closed meanwhile; raise Refused when it takes no bookings."""
    found: HealthCheck = HealthCheck.objects.select_for_update(of=("self",), no_key=True).get(pk=health_check.pk)
    if found.state != HealthCheckState.OPEN:
        raise Refused(f"“{found}”{found.get_state_display()}，现在不能预约。", field="health_check")
    return found


def _hold_place(check: HealthCheck, day: CheckDay | None, *, but: int | None = None) -> None:
    if day is None:
        return
    held = hold(day, "hospital")
    if held.hospital.health_check_id != check.pk:
        raise DomainError(f"这一天不属于“{check}”。", field="day")
    taken = held.bookings.exclude(state=BookingState.CANCELLED).exclude(pk=but).count()
    if taken >= held.places:
        raise DomainError(f"“{held}”的 {held.places:,} 个名额已约满，请选其他日期。", field="day")


@transaction.atomic
def cancel(*, subject: HealthCheck, actor: Any, why: str) -> HealthCheck:
    """Cancel a check that nobody has booked, or that was entered by mistake. Raises Refused for one with bookings."""
    held = hold(subject)
    if held.bookings.exclude(state=BookingState.CANCELLED).exists():
        raise Refused(f"“{held}”已有人预约或参检，请先逐一撤销预约。")
    return take(subject=held, action="cancel", actor=actor, why=why)


@transaction.atomic
def rebook(*, subject: CheckBooking, day: CheckDay, actor: Any, why: str) -> CheckBooking:
    """Move a booking to another day that has a place. Raises like `book`."""
    _hold_place(hold_open(subject.health_check), day, but=subject.pk)
    return take(subject=subject, action="rebook", actor=actor, why=why, day=day)
