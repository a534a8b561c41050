"""Posting: entries first, under the posting's reserved key, then the posting that seals them."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from union_portal.base.errors import Conflict, DomainError
from welfare.approvals.models import PaperApproval
from welfare.books.models import Book, Fund, LedgerAccount
from welfare.ledger.enums import PostingKind
from welfare.ledger.models import LedgerEntry, Posting
from welfare.ledger.services.refusals import in_words

if TYPE_CHECKING:
    from union_portal.accounts.models.user import User


CENT = Decimal("0.01")
FIRST_YEAR = 2000


@dataclass(frozen=True)
class EntryLine:
    """One entry to be: a positive amount of yuan on an account, the day it concerns, and what it pays for.

    The subject is the kind's short code and the row's key, such as `("grant", 12)`; the room of that kind guards its
    table by `welfare_guard_subjects` in a migration. A subject is paid once until its entry is reversed.
    """

    account: LedgerAccount
    fund: Fund
    amount: Decimal
    occurred_on: dt.date
    subject: tuple[str, int] | None = None


@dataclass(frozen=True, kw_only=True)
class Approval:
    """Who prepared, who approved (a second person, or a confirmed approval on paper) and who posts.

    The poster is never the preparer; whoever approved may post.
    """

    prepared_by: "User | None" = None
    approved_by: "User | None" = None
    posted_by: "User | None" = None
    paper: PaperApproval | None = None


def post(
    *,
    book: Book,
    posted_on: dt.date,
    kind: PostingKind,
    summary: str,
    entries: Iterable[EntryLine],
    approval: Approval,
    source_key: str,
    year: int | None = None,
) -> Posting:
    """Write a posting with its entries in this order; the same `source_key` again returns the posting already there.

    `year` is the fiscal year, `posted_on`'s own unless given. `summary` is generated: no names, no illness.

    Raises:
        Refused: what the ledger's rules refuse (closed year, foreign fund, subject already paid, …).
        Conflict: the source key belongs to a posting of another book or kind.
    """

    def write(posting_id: int) -> None:
        LedgerEntry.objects.bulk_create(
            LedgerEntry(
                posting_id=posting_id,
                line=line,
                account=entry.account,
                fund=entry.fund,
                amount=_exact(entry.amount),
                occurred_on=entry.occurred_on,
                subject_kind=entry.subject[0] if entry.subject else "",
                subject_id=entry.subject[1] if entry.subject else None,
            )
            for line, entry in enumerate(entries, start=1)
        )

    return seal(
        Posting(book=book, year=year or posted_on.year, kind=kind, summary=summary, posted_on=posted_on),
        approval=approval,
        source_key=source_key,
        write_entries=write,
    )


def post_from_query(
    *,
    book: Book,
    posted_on: dt.date,
    kind: PostingKind,
    summary: str,
    rows: "QuerySet[Any, Any]",
    approval: Approval,
    source_key: str,
    year: int | None = None,
) -> Posting:
    """Write a posting whose entries the database takes from a query, set-based; otherwise like `post`.

    `rows` is a `values_list` of (subject's kind, its key, account id, fund id, amount, occurred on), in this order and
    unsorted; the lines are numbered by the subjects.
    """
    compiled, parameters = rows.query.get_compiler(connection=connection).as_sql()

    def write(posting_id: int) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO welfare_ledgerentry"  # noqa: S608 - compiled by the ORM, values stay parameters
                " (posting_id, line, subject_kind, subject_id, account_id, fund_id, amount, occurred_on)"
                " SELECT %s, row_number() OVER (ORDER BY subject_kind, subject_id), source.*"
                f" FROM ({compiled}) AS source (subject_kind, subject_id, account_id, fund_id, amount, occurred_on)",
                [posting_id, *parameters],
            )

    return seal(
        Posting(book=book, year=year or posted_on.year, kind=kind, summary=summary, posted_on=posted_on),
        approval=approval,
        source_key=source_key,
        write_entries=write,
    )


def seal(posting: Posting, *, approval: Approval, source_key: str, write_entries: Callable[[int], None]) -> Posting:
    """Reserve the posting's key, let the entries be written under it, insert the posting: once per source key.

    Two callers with the same key wait for each other on an advisory lock; the second finds the first's posting.
    """
    if not source_key:
        raise ValueError("A posting needs a source key.")
    _day_in_order(posting)
    with in_words(), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"welfare_posting:{source_key}"])
            present = Posting.objects.filter(source_key=source_key).select_related("book").first()
            if present is not None:
                return _same(present, posting)
            cursor.execute("SELECT nextval(pg_get_serial_sequence('welfare_posting', 'id'))")
            posting.pk = cursor.fetchone()[0]
        write_entries(posting.pk)
        posting.source_key = source_key
        posting.prepared_by = approval.prepared_by
        posting.approved_by = approval.approved_by
        posting.posted_by = approval.posted_by
        posting.paper_approval = approval.paper
        posting.offline_approval = approval.paper.words() if approval.paper else ""
        # The database overwrites all of these.
        posting.number = posting.entry_count = 0
        posting.total = Decimal(0)
        posting.previous_hash = posting.hash = ""
        posting.save(force_insert=True)
        posting.refresh_from_db()
    return posting


def _same(present: Posting, wanted: Posting) -> Posting:
    if (present.book_id, present.kind) != (wanted.book_id, wanted.kind):
        raise Conflict(
            f"来源“{present.source_key}”已入账，台账单号 {present}。",
        )
    return present


def _day_in_order(posting: Posting) -> None:
    """Refuse a day that is no day of posting, before anything is written; the database refuses it too."""
    today = timezone.localdate()
    if posting.posted_on > today:
        raise DomainError("记账日期不能晚于今天。", field="posted_on")
    if not FIRST_YEAR <= posting.year <= today.year:
        raise DomainError(
            f"会计年度 {posting.year} 不在 {FIRST_YEAR} 至 {today.year} 年之间，请核对日期。", field="posted_on"
        )


def _exact(amount: Decimal) -> Decimal:
    """Refuse what the column would round in silence."""
    if not amount.is_finite() or amount != amount.quantize(CENT):
        raise DomainError(f"金额 {amount} 未精确到分。", field="amount")
    return amount
