"""The seals of the ledger computed anew in Python, from the columns alone: no function of the database is asked.

The canonical text is described in docs/ledger.md.
"""

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.db.models import QuerySet

from welfare.books.models import Book
from welfare.ledger.models import LedgerEntry, Posting

FIRST = "0" * 64  # what stands for the hash before a year's first posting
CHUNK = 5_000
_POSTING = (
    "pk", "book_id", "year", "number", "kind", "summary", "posted_on", "posted_at", "prepared_by_id", "approved_by_id",
    "posted_by_id", "paper_approval_id", "offline_approval", "source_key", "entry_count", "total", "previous_hash",
    "transaction", "hash", "book__name",
)  # fmt: skip
_ENTRY = (
    "posting_id", "pk", "line", "account_id", "fund_id", "amount", "occurred_on", "subject_kind", "subject_id",
    "reverses_id", "transaction",
)  # fmt: skip


@dataclass(frozen=True)
class Broken:
    """What is wrong with one posting: which of `gap`, `link`, `count`, `total`, `hash`."""

    book: str
    year: int
    number: int
    what: str


@dataclass(frozen=True)
class Lines:
    """A posting's entries as they stand."""

    count: int
    total: Decimal | None
    contiguous: bool
    digest: str | None


NO_LINES = Lines(0, None, contiguous=False, digest=None)


def broken(books: Sequence[Book] | None = None) -> Iterator[Broken]:
    """Yield what is wrong with the chains of these books (all, unless given), in their order; two queries, streamed."""
    postings: QuerySet[Posting] = Posting.objects.all()
    entries: QuerySet[LedgerEntry] = LedgerEntry.objects.all()
    if books is not None:
        keys = [book.pk for book in books]
        postings, entries = postings.filter(book__in=keys), entries.filter(posting__book__in=keys)
    order = ("book__name", "book_id", "year", "number", "pk")
    rows = postings.order_by(*order).values_list(*_POSTING)
    lines = entries.order_by(*(f"posting__{name}" for name in order), "line", "pk").values_list(*_ENTRY)
    summed = ((key, _summed(group)) for key, group in groupby(lines.iterator(CHUNK), key=lambda line: line[0]))
    nothing: tuple[int, Lines] = (0, NO_LINES)
    key, held = next(summed, nothing)
    before: dict[str, Any] = {}
    for row in rows.iterator(CHUNK):
        posting = dict(zip(_POSTING, row, strict=True))
        own = held if key == posting["pk"] else NO_LINES
        if key == posting["pk"]:
            key, held = next(summed, nothing)
        follows = (before.get("book_id"), before.get("year")) == (posting["book_id"], posting["year"])
        last: dict[str, Any] = before if follows else {"number": 0, "hash": FIRST}
        found = {
            "gap": posting["number"] != last["number"] + 1,
            "link": posting["previous_hash"] != last["hash"],
            "count": posting["entry_count"] != own.count or not own.contiguous,
            "total": posting["total"] != own.total,
            "hash": posting["hash"] != seal(posting, own.digest),
        }
        for what in (name for name, wrong in found.items() if wrong):
            yield Broken(posting["book__name"], posting["year"], posting["number"], what)
        before = posting


def seal(posting: dict[str, Any], digest: str | None) -> str:
    """Return the hash under which a posting with this digest of its lines is sealed."""
    hands = (posting["posted_by_id"], posting["paper_approval_id"])
    by_hands = any(hand is not None for hand in hands)  # older rows keep the text they were sealed with
    parts = [
        "posting/2" if by_hands else "posting/1",
        *(posting[name] for name in ("pk", "book_id", "year", "number", "kind")),
        _measured(posting["summary"]),
        posting["posted_on"].isoformat(),
        posting["posted_at"].astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%f"),
        *(_or_dash(posting[name]) for name in ("prepared_by_id", "approved_by_id")),
        *(_or_dash(hand) for hand in hands if by_hands),
        _measured(posting["offline_approval"]),
        _measured(posting["source_key"]),
        *(posting[name] for name in ("entry_count", "total", "previous_hash", "transaction")),
        digest,
    ]
    return _sha256("|".join(str(part) for part in parts if part is not None))


def _summed(lines: Iterable[tuple[Any, ...]]) -> Lines:
    texts, numbers, total = [], [], Decimal(0)
    for _posting, key, line, account, fund, amount, day, kind, subject, reverses, transaction in lines:
        about = "-" if subject is None else f"{kind}:{subject}"
        texts.append(f"{key}|{line}|{account}|{fund}|{amount}|{day}|{about}|{_or_dash(reverses)}|{transaction}")
        numbers.append(line)
        total += amount
    digest = _sha256("\n".join(texts))
    return Lines(len(texts), total, contiguous=numbers == list(range(1, len(texts) + 1)), digest=digest)


def _or_dash(value: object) -> object:
    return "-" if value is None else value


def _measured(text: object) -> str:
    return f"{len(str(text).encode())}:{text}"


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
