"""The check of every seal: hashes recomputed, chains, numbers, sums, known heads, orphans, guards."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection, models

from union_portal.base import release
from welfare.books.models import Book
from welfare.ledger.services import sealing
from welfare.ledger.services.heads import Head


class FaultKind(models.TextChoices):
    """What is wrong with a posting; in the order in which one posting's faults are named."""

    GAP = "gap", "前一张台账单缺失：编号不连续"
    LINK = "link", "与前一张台账单不衔接：两张中有一张被改动"
    COUNT = "count", "明细条数与封存时不符：有明细被增加或删除"
    TOTAL = "total", "明细合计与封存的总额不符"
    HASH = "hash", "内容与封存时不符：台账单或其明细被改动"
    ORPHAN = "orphan", "明细尚在，台账单本身缺失"
    HEAD_MISSING = "head_missing", "曾作为台账末笔印出，现已缺失：台账末尾被删除"
    HEAD_DIFFERS = "head_differs", "印出时的校验值与现在不同：台账链被改写"
    UNGUARDED = "unguarded", "数据库的保护机制被改动"


@dataclass(frozen=True)
class Fault:
    """One thing wrong: with which posting (`where`), what, and where the contrary is on record (`detail`)."""

    kind: FaultKind
    where: str
    detail: str = ""

    def __str__(self) -> str:
        return f"{self.where}: {self.kind.label}{f' ({self.detail})' if self.detail else ''}"


KNOWN_HEADS = """
SELECT CASE WHEN p.id IS NULL THEN 'head_missing' ELSE 'head_differs' END, b.name, k.year, k.number, k.printed_in
FROM (
    SELECT book_id, year, number, hash, printed_in FROM welfare_knownhead
    UNION ALL
    SELECT book_id, year, number, hash, '' FROM unnest(
        %(printed_books)s::bigint[], %(printed_years)s::int[], %(printed_numbers)s::int[], %(printed_hashes)s::text[]
    ) AS printed (book_id, year, number, hash)
) k JOIN welfare_book b ON b.id = k.book_id
    LEFT JOIN welfare_posting p ON p.book_id = k.book_id AND p.year = k.year AND p.number = k.number
WHERE p.hash IS DISTINCT FROM k.hash AND (%(books)s::bigint[] IS NULL OR k.book_id = ANY(%(books)s::bigint[]))
ORDER BY b.name, k.year, k.number
"""
ORPHANS = """
SELECT 'orphan', e.posting_id FROM welfare_ledgerentry e
WHERE NOT EXISTS (SELECT FROM welfare_posting p WHERE p.id = e.posting_id) GROUP BY e.posting_id ORDER BY e.posting_id
"""
# A kind of subject that nothing holds to its table; the guards that are declared are the release's own matter.
UNHELD = """
SELECT 'welfare_ledgerentry.subject_' || paid.subject_kind
    FROM (SELECT DISTINCT subject_kind FROM welfare_ledgerentry WHERE subject_id IS NOT NULL) paid
    WHERE NOT EXISTS (SELECT FROM pg_trigger t WHERE t.tgrelid = 'welfare_ledgerentry'::regclass
        AND t.tgname = 'subject_' || paid.subject_kind AND t.tgenabled IN ('O', 'A')) ORDER BY 1
"""


def verify(*, books: Sequence[Book] | None = None, printed: Sequence[Head] = ()) -> list[Fault]:
    """Recompute every seal of these books (all, unless given) and return what is wrong, the first bad posting first.

    Nothing that is checked is asked: the hashes are computed in Python, and the database's functions, triggers and
    rights are compared with what the release declares. `printed` are heads read from paper, checked like the
    remembered ones. The same few queries, whatever the ledger's size.
    """
    parameters = {
        "books": None if books is None else [book.pk for book in books],
        "printed_books": [head.book_id for head in printed],
        "printed_years": [head.year for head in printed],
        "printed_numbers": [head.number for head in printed],
        "printed_hashes": [head.hash for head in printed],
    }
    faults = [_fault(one.what, one.book, one.year, one.number, "") for one in sealing.broken(books)]
    with connection.cursor() as cursor:
        cursor.execute(KNOWN_HEADS, parameters)
        faults += [_fault(*row) for row in cursor.fetchall()]
        cursor.execute(ORPHANS)
        faults += [Fault(FaultKind(kind), f"#{key}") for kind, key in cursor.fetchall()]
        cursor.execute(UNHELD)
        faults += [Fault(FaultKind.UNGUARDED, name) for (name,) in cursor.fetchall()]
    return faults + [Fault(FaultKind.UNGUARDED, where) for where in release.departures()]


def _fault(kind: str, book: str, year: int, number: int, detail: str) -> Fault:
    """Name the posting as the screens do."""
    return Fault(FaultKind(kind), f"{book} {year}-{number:05d}", detail)
