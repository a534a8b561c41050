"""Fiscal years that open by themselves when something is posted into them, and whose money a fund holds."""

from typing import TYPE_CHECKING

from django.db import transaction

from union_portal.base.errors import DomainError
from union_portal.base.steps import begin
from welfare.books.models import Book, FiscalYear, Fund

if TYPE_CHECKING:
    from union_portal.accounts.models.user import User


def must_hold(*, fund: Fund, trust: bool) -> None:
    """Raise DomainError at the fund unless its book holds others' money (`trust`), or the union's own."""
    if fund.book.trust != trust:
        wanted = "代管款项的账套，不是工会自己的钱" if trust else "工会自己的账套，不能用代管款项"
        raise DomainError(f"这笔支出应记入{wanted}；“{fund}”属于“{fund.book}”。", field="fund")


@transaction.atomic
def open_year(*, book: Book, year: int, actor: "User | None" = None) -> FiscalYear:
    """Open a fiscal year of the book; one that exists is returned as it is, whatever its state."""
    found, made = FiscalYear.objects.get_or_create(book=book, year=year)
    if made:
        begin(found, actor=actor)
    return found
