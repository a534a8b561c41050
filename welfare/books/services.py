"""Fiscal years that open by themselves when something is posted into them."""

from typing import TYPE_CHECKING

from django.db import transaction

from union_portal.base.steps import begin
from welfare.books.models import Book, FiscalYear

if TYPE_CHECKING:
    from union_portal.accounts.models.user import User


@transaction.atomic
def open_year(*, book: Book, year: int, actor: "User | None" = None) -> FiscalYear:
    """Open a fiscal year of the book; one that exists is returned as it is, whatever its state."""
    found, made = FiscalYear.objects.get_or_create(book=book, year=year)
    if made:
        begin(found, actor=actor)
    return found
