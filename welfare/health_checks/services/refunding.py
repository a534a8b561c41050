"""Refunding a check of one's own: what the invoice says up to the standard, then posted by a second person."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from union_portal.accounts.models import User
from union_portal.base.errors import DomainError, Refused
from union_portal.base.steps import hold, take
from welfare.grants.services.settling import Dues, must_be_unpaid, pay, unpaid
from welfare.health_checks.enums import SUBJECT, BookingState, Payer
from welfare.health_checks.models import CheckBooking, CheckPackage, HealthCheck
from welfare.health_checks.services.booking import package_for
from welfare.ledger.enums import PostingKind
from welfare.ledger.models import Posting


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
    """Take a refund back that was registered by mistake; the invoice is free again.

    Raises Refused while it is in the ledger.
    """
    must_be_unpaid(kind=SUBJECT, row=hold(subject))
    gone: dict[str, Any] = {"invoice_number": "", "invoice_amount": None, "refunded_on": None, "refund": None}
    return take(subject=subject, action="correct_refund", actor=actor, why=why, **gone)


@transaction.atomic
def cancel_booking(*, subject: CheckBooking, actor: Any, why: str) -> CheckBooking:
    """Take a booking back that was entered by mistake; raises Refused while its refund is in the ledger."""
    must_be_unpaid(kind=SUBJECT, row=hold(subject))
    return take(subject=subject, action="cancel", actor=actor, why=why)


def unposted() -> "QuerySet[CheckBooking]":
    """Return the refunds of all checks that no entry of the ledger pays yet."""
    return unpaid(CheckBooking.objects.filter(state=BookingState.REFUNDED), kind=SUBJECT, prepared_by="refund")


def dues(health_check: HealthCheck) -> Dues:
    """Return the refunds of a check, from the money of whoever pays for it."""
    return Dues(
        kind=SUBJECT,
        posting=PostingKind.CHECKUP,
        rows=CheckBooking.objects.filter(health_check=health_check, state=BookingState.REFUNDED),
        amount="refund",
        day="refunded_on",
        prepared_by="refund",
        trust=health_check.payer == Payer.SCHOOL,
    )


@transaction.atomic
def post_refunds(*, health_check: HealthCheck, actor: User, **posting: Any) -> Posting:
    """Post the check's refunds that wait, as `settling.pay` says: once each until its entry is reversed."""
    held = hold(health_check)
    return pay(dues=dues(held), about=f"{held}自行体检报销", key=f"check:{held.pk}", actor=actor, **posting)
