"""Fiscal years: opened, closed, reopened for later recording; every move logged with who and why."""

from typing import TYPE_CHECKING

from django.db import transaction

from union_portal.base.errors import DomainError
from welfare.books.enums import YEAR_MACHINE, YearState
from welfare.books.models import Book, FiscalYear, FiscalYearMove

if TYPE_CHECKING:
    from union_portal.accounts.models.user import User


@transaction.atomic
def open_year(*, book: Book, year: int, actor: "User | None" = None) -> FiscalYear:
    """Open a fiscal year of the book; one that exists is returned as it is, whatever its state."""
    found, made = FiscalYear.objects.get_or_create(book=book, year=year)
    if made:
        FiscalYearMove.objects.create(subject=found, action="open", target=YearState.OPEN, actor=actor)
    return found


def close_year(*, fiscal_year: FiscalYear, actor: "User", reason: str = "") -> FiscalYear:
    """Close the year: from now on it takes no postings. Waits for postings that are being written."""
    return _move(fiscal_year=fiscal_year, action="close", actor=actor, reason=reason)


def reopen_year(*, fiscal_year: FiscalYear, actor: "User", reason: str) -> FiscalYear:
    """Reopen a closed year for postings of kind recorded (补录) only; the chair's to do, with a reason (rules.py).

    Raises:
        DomainError: no reason.
        Refused: the year is not closed.
    """
    if not reason.strip():
        raise DomainError("请说明重新开启已结账年度的原因。", field="reason")
    return _move(fiscal_year=fiscal_year, action="reopen", actor=actor, reason=reason)


@transaction.atomic
def _move(*, fiscal_year: FiscalYear, action: str, actor: "User", reason: str) -> FiscalYear:
    locked = FiscalYear.objects.select_for_update(no_key=True).get(pk=fiscal_year.pk)
    source = locked.state
    locked.state = YEAR_MACHINE.target(state=source, action=action)
    locked.save(update_fields=["state"])
    FiscalYearMove.objects.create(
        subject=locked, action=action, source=source, target=locked.state, actor=actor, reason=reason.strip()
    )
    return locked
