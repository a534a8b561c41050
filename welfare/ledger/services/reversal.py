"""Reversal (冲销): single entries mirrored with the amount negative, once each at most."""

import datetime as dt
import hashlib
from collections.abc import Iterable

from django.db import connection, transaction

from union_portal.base.errors import DomainError
from welfare.books.enums import YearState
from welfare.books.models import Book, FiscalYear
from welfare.ledger.enums import PostingKind
from welfare.ledger.models import LedgerEntry, Posting
from welfare.ledger.services.posting import Approval, seal
from welfare.ledger.signals import entries_reversed

SUMMARY_LENGTH = 200
KEY_LENGTH = 80


@transaction.atomic
def reverse_entries(
    *,
    entries: Iterable[LedgerEntry],
    reason: str,
    posted_on: dt.date,
    approval: Approval,
    year: int | None = None,
    source_key: str = "",
) -> Posting:
    """Take single entries back in one posting, which keeps their account, fund, subject and the day they concern.

    Where an entry belongs to a closed year the posting is an adjustment of an earlier year (以前年度调整). The same
    entries again (or the same `source_key`) return the posting already there. `reason` names no person. What hangs on
    the entries follows in the rooms above (`entries_reversed`).

    Raises:
        DomainError: no entries, no reason, or entries of several books.
        Refused: an entry is a reversal, is already reversed, or the year is not open.
    """
    keys = sorted({entry.pk for entry in entries})
    if not reason.strip():
        raise DomainError("请填写冲销原因。", field="reason")
    postings = list(Posting.objects.filter(entries__in=keys).select_related("book").distinct().order_by("pk"))
    books = {posting.book for posting in postings}
    if len(books) != 1:
        raise DomainError("请选择同一账套的明细进行冲销。")
    [book] = books
    fiscal_year = year or posted_on.year

    written: list[int] = []

    def write(posting_id: int) -> None:
        written.append(posting_id)
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO welfare_ledgerentry"
                " (posting_id, line, account_id, fund_id, amount, occurred_on, subject_kind, subject_id, reverses_id)"
                " SELECT %s, row_number() OVER (ORDER BY id), account_id, fund_id, -amount, occurred_on, subject_kind,"
                " subject_id, id FROM welfare_ledgerentry WHERE id = ANY(%s)",
                [posting_id, keys],
            )

    made = seal(
        Posting(
            book=book,
            year=fiscal_year,
            kind=_kind(book, fiscal_year, postings, keys),
            summary=_summary(postings, reason),
            posted_on=posted_on,
        ),
        approval=approval,
        source_key=source_key or _key(keys),
        write_entries=write,
    )
    if written:
        entries_reversed.send(Posting, posting=made, entries=keys)
    return made


def _kind(book: Book, fiscal_year: int, postings: list[Posting], keys: list[int]) -> PostingKind:
    """Tell a correction of a closed year from a reversal within what is open."""
    days = LedgerEntry.objects.filter(pk__in=keys).values_list("occurred_on", flat=True).distinct()
    touched = {posting.year for posting in postings} | {day.year for day in days}
    closed = FiscalYear.objects.filter(book=book, year__in=touched, year__lt=fiscal_year, state=YearState.CLOSED)
    return PostingKind.ADJUSTMENT if closed.exists() else PostingKind.REVERSAL


def _summary(postings: list[Posting], reason: str) -> str:
    """Name the first posting and the reason."""
    text = f"冲销台账单 {postings[0]} 的明细：{reason.strip()}"
    if len(text) > SUMMARY_LENGTH:
        raise DomainError("原因过长，请简要填写。", field="reason")
    return text


def _key(keys: list[int]) -> str:
    text = ",".join(map(str, keys))
    return f"reversal:{text if len(text) <= KEY_LENGTH else hashlib.sha256(text.encode()).hexdigest()}"
