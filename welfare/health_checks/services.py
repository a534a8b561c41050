"""Booking a place, refunding a check of one's own, and how many of a branch came."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Count

from members.branches.models import Branch, BranchAssignment
from members.people.enums import PersonKind
from members.people.models import Person
from union_portal.base.errors import DomainError, Refused
from union_portal.base.querysets import in_force
from union_portal.base.steps import hold, record, take
from welfare.health_checks.enums import Audience, BookingState, HealthCheckState
from welfare.health_checks.models import CheckBooking, CheckDay, CheckPackage, HealthCheck, TurnoutQuota

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


@transaction.atomic
def refund(
    *,
    subject: CheckBooking,
    invoice_number: str,
    invoice_amount: Decimal,
    refunded_on: dt.date,
    actor: Any,
) -> CheckBooking:
    """Refund a check of one's own: what the invoice says, up to the standard of the band.

    Raises Refused for a check at a hospital that the school pays itself, and where no band has a standard.
    """
    if reason := not_refunded(subject):
        raise Refused(reason)
    held = hold(subject)
    package = held.package or _package_now(held)
    if held.attended_on is not None and refunded_on < held.attended_on:
        raise DomainError("报销日期早于参检日期。", field="refunded_on")
    held.package = package
    held.refund = min(invoice_amount, package.cap)  # type: ignore[union-attr]
    held.save(update_fields=["package", "refund"])
    told: dict[str, Any] = {
        "invoice_number": invoice_number.strip(),
        "invoice_amount": invoice_amount,
        "refunded_on": refunded_on,
    }
    return take(subject=held, action="refund", actor=actor, **told)


def not_refunded(booking: CheckBooking) -> str:
    """Return why a booking has nothing to be refunded, or nothing."""
    if booking.day_id is not None:
        return "在约定机构体检的由学校统一结算，不另报销。"
    if booking.package_id is None and _package_now(booking) is None:
        return "没有适用于此人的体检标准，请先核对出生日期和本次体检的套餐。"
    return ""


def _package_now(booking: CheckBooking) -> CheckPackage | None:
    check, person = booking.health_check, booking.person
    return package_for(check.packages.all(), year=check.year, gender=person.gender, born=person.birth_date)


@transaction.atomic
def take_refund_back(*, subject: CheckBooking, actor: Any, why: str) -> CheckBooking:
    """Take a refund back that was registered by mistake; the invoice is free again."""
    gone: dict[str, Any] = {"invoice_number": "", "invoice_amount": None, "refunded_on": None, "refund": None}
    return take(subject=subject, action="correct_refund", actor=actor, why=why, **gone)


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
