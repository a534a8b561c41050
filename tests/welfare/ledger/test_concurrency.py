"""Many writers at once: no gap, no broken link, nothing twice."""

import datetime as dt
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest
from django.db import connection

from tests.factories.ledger import approval, officer, open_book, posting
from union_portal.base.errors import Refused
from union_portal.base.steps import take
from welfare.books.models import FiscalYear
from welfare.ledger.models import LedgerEntry, Posting
from welfare.ledger.services import reversal, verification

WRITERS = 8


def _at_once(work: Callable[[int], object], writers: int = WRITERS) -> list[object]:
    """Run the work in so many threads that start together, each on a connection of its own; errors are returned."""
    start = threading.Barrier(writers)

    def one(number: int) -> object:
        try:
            start.wait()
            return work(number)
        except Refused as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(writers) as threads:
        return list(threads.map(one, range(writers)))


def test_eight_writers_leave_no_gap_and_no_broken_link() -> None:
    fund = open_book()
    posting(fund, source_key="first")

    def write(writer: int) -> None:
        for turn in range(10):
            posting(fund, "1.00", "2.00", source_key=f"{writer}/{turn}")

    _at_once(write)
    numbers = list(Posting.objects.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, 10 * WRITERS + 2))
    assert verification.verify() == []


def test_one_source_posted_from_eight_browsers_is_posted_once() -> None:
    fund = open_book()
    posting(fund, source_key="first")
    results = _at_once(lambda _writer: posting(fund, "5.00", source_key="round:7").pk)
    assert len(set(results)) == 1
    assert LedgerEntry.objects.filter(amount=Decimal("5.00")).count() == 1
    assert verification.verify() == []


def test_an_entry_reversed_from_two_browsers_is_reversed_once() -> None:
    entry = posting(open_book(), "9.00", source_key="a").entries.get()
    approved = approval()

    def reverse(writer: int) -> Posting:
        return reversal.reverse_entries(
            entries=[entry],
            reason="退票",
            posted_on=dt.date(2024, 3, 1),
            approval=approved,
            source_key=f"button {writer}",
        )

    results = _at_once(reverse, writers=2)
    assert sorted(type(result).__name__ for result in results) == ["Posting", "Refused"]
    assert LedgerEntry.objects.filter(reverses=entry).count() == 1


def test_no_posting_slips_into_a_year_while_it_is_closed() -> None:
    fund = open_book()
    posting(fund, source_key="first")
    year, actor = FiscalYear.objects.get(), officer("finance")

    def work(writer: int) -> object:
        if writer == 0:
            take(subject=year, action="close", actor=actor)
            return Posting.objects.count()
        return posting(fund, source_key=str(writer))

    at_closing, *others = _at_once(work)
    assert Posting.objects.count() == at_closing
    assert sum(isinstance(other, Posting) for other in others) + 1 == at_closing
    assert verification.verify() == []


pytestmark = [pytest.mark.attack, pytest.mark.django_db(transaction=True)]
