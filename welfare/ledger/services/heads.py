"""The ends of the chains: what a frozen report or a backup prints, so that a tail cut off later shows."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection, transaction

from welfare.books.models import Book
from welfare.ledger.models import KnownHead


@dataclass(frozen=True)
class Head:
    """The last posting of a book's fiscal year."""

    book_id: int
    book_code: str
    year: int
    number: int
    hash: str

    def __str__(self) -> str:
        return f"{self.book_code}-{self.year}-{self.number:05d} {self.hash}"


def heads(*, books: Sequence[Book] | None = None) -> list[Head]:
    """Return the last posting of every book and year, ordered by book and year; one query."""
    keys = None if books is None else [book.pk for book in books]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT ON (b.code, p.year) p.book_id, b.code, p.year, p.number, p.hash"
            " FROM welfare_posting p JOIN welfare_book b ON b.id = p.book_id"
            " WHERE %s::bigint[] IS NULL OR p.book_id = ANY(%s::bigint[])"
            " ORDER BY b.code, p.year, p.number DESC",
            [keys, keys],
        )
        return [Head(*row) for row in cursor.fetchall()]


@transaction.atomic
def remember_heads(*, printed_in: str) -> list[KnownHead]:
    """Keep the present heads of all chains under the name of what they are printed in, and return them."""
    return KnownHead.objects.bulk_create(
        KnownHead(book_id=head.book_id, year=head.year, number=head.number, hash=head.hash, printed_in=printed_in)
        for head in heads()
    )
