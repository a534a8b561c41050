"""What was approved and is not paid yet: it is bound to an account's budget before the ledger knows of it."""

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery, Sum

from welfare.books.models import Book
from welfare.grants.enums import SUBJECT, GrantState, RoundState
from welfare.grants.models import Grant, Round
from welfare.ledger.models import LedgerEntry

_WAITING = (GrantState.DUE, GrantState.RETURNED)


def main_of(books: Sequence[Book]) -> Book | None:
    """Return the union's own book, which pays for whatever names no other: by its code, else the school's first."""
    own = [one for one in books if one.branch_id is None]
    return next((one for one in own if one.code == "UNION"), next(iter(own or books), None))


def reserved(*, book: Book, year: int) -> dict[int, Decimal]:
    """Return by the ledger's account what rounds and cases of the year were approved for and did not pay.

    Of a round that is what its people are due, less what its postings and invoices come to. Six queries.
    """
    found: dict[int, Decimal] = defaultdict(Decimal)
    for account, amount in [*_of_rounds(book, year), *_of_cases(book, year)]:
        if account is not None and amount > 0:
            found[account] += amount
    return dict(found)


def _of_rounds(book: Book, year: int) -> list[tuple[int | None, Decimal]]:
    of_year = Q(handed_out_on__year=year) | Q(handed_out_on=None, cut_off_on__year=year)
    open_ones = dict(
        Round.objects.filter(of_year, book=book, state=RoundState.APPROVED).values_list("pk", "benefit__account")
    )
    if not open_ones:
        return []
    roster = Grant.objects.filter(round__in=open_ones)
    due = _by(roster.filter(state__in=[*_WAITING, GrantState.RECEIVED]), "round")
    whose = Subquery(Grant.objects.filter(pk=OuterRef("subject_id")).values("round")[:1])
    paid = _by(LedgerEntry.objects.paying(SUBJECT, roster).standing().annotate(whose=whose), "whose")
    invoices = LedgerEntry.objects.filter(posting__purchase__round__in=open_ones, subject_id=None).standing()
    bought = _by(invoices, "posting__purchase__round")
    zero = Decimal(0)
    return [
        (account, due.get(pk, zero) - paid.get(pk, zero) - bought.get(pk, zero)) for pk, account in open_ones.items()
    ]


def _of_cases(book: Book, year: int) -> list[tuple[int | None, Decimal]]:
    paid_from_it = Q(payer__book=book)
    main = main_of(list(Book.objects.order_by("branch_id", "code")))
    if main is not None and main.pk == book.pk:
        paid_from_it |= Q(payer=None)
    waiting = Grant.objects.filter(paid_from_it, round=None, state__in=_WAITING, granted_on__year=year)
    return list(_by(waiting, "benefit__account").items())


def _by(rows: "QuerySet[Any]", path: str) -> dict[Any, Decimal]:
    told = rows.filter(amount__isnull=False).order_by().values_list(path).annotate(sum=Sum("amount"))
    return dict(told)
