"""Postings, reversals, voucher notes and years, through the services."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from tests.factories.ledger import account, approval, officer, open_book, posting
from tests.factories.ledger import fund as new_fund
from union_portal.base.errors import Conflict, DomainError, Refused
from union_portal.base.steps import take
from welfare.books import services as books
from welfare.books.enums import YearState
from welfare.books.models import FiscalYear, FiscalYearMove
from welfare.ledger.enums import PostingKind
from welfare.ledger.models import Posting
from welfare.ledger.services import heads, verification, vouchers
from welfare.ledger.services import posting as ledger
from welfare.ledger.services import reversal as ledger_reversal


def test_postings_are_numbered_from_one_and_chained_in_every_book_and_year() -> None:
    fund, other = open_book(2024, 2025), open_book(2024)
    first = posting(fund, "100.00", "20.50", source_key="a")
    second = posting(fund, source_key="b")
    next_year = posting(fund, source_key="c", posted_on=dt.date(2025, 1, 5))
    elsewhere = posting(other, source_key="d")
    assert [p.number for p in (first, second, next_year, elsewhere)] == [1, 2, 1, 1]
    assert (first.entry_count, first.total) == (2, Decimal("120.50"))
    assert second.previous_hash == first.hash
    assert {p.previous_hash for p in (first, next_year, elsewhere)} == {"0" * 64}
    assert verification.verify() == []


def test_the_same_source_is_posted_once() -> None:
    fund = open_book()
    first = posting(fund, source_key="round:1")
    assert posting(fund, source_key="round:1") == first
    assert Posting.objects.count() == 1


def test_a_source_key_of_another_kind_is_a_conflict() -> None:
    fund = open_book()
    posting(fund, source_key="round:1")
    with pytest.raises(Conflict):
        posting(fund, source_key="round:1", kind=PostingKind.COVER)


@pytest.mark.parametrize("amount", ["1.005", "NaN", "Infinity"])
def test_an_amount_that_is_not_exact_is_refused_not_rounded(amount: str) -> None:
    with pytest.raises(DomainError):
        posting(open_book(), amount, source_key="a")
    assert not Posting.objects.exists()


@pytest.mark.parametrize("amount", ["0.00", "-5.00"])
def test_an_entry_is_positive(amount: str) -> None:
    with pytest.raises(Refused):
        posting(open_book(), amount, source_key="a")


def test_a_posting_without_entries_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        ledger.post(
            book=open_book().book,
            posted_on=dt.date(2024, 2, 1),
            kind=PostingKind.PURCHASE,
            summary="空",
            entries=[],
            approval=approval(),
            source_key="a",
        )
    assert refused.value.code == "welfare_posting_has_entries"


@pytest.mark.parametrize("days", [1, 400])
def test_no_posting_lies_in_the_future(days: int) -> None:
    day = timezone.localdate() + dt.timedelta(days=days)
    with pytest.raises(DomainError) as refused:
        posting(open_book(day.year), source_key="a", posted_on=day)
    assert refused.value.field == "posted_on"


def test_no_posting_lies_in_an_absurd_year() -> None:
    with pytest.raises(DomainError, match="1962"):
        posting(open_book(1962), source_key="a", posted_on=dt.date(1962, 2, 1))


def test_no_entry_concerns_a_day_after_its_posting() -> None:
    with pytest.raises(Refused) as refused:
        posting(open_book(), source_key="a", occurred_on=dt.date(2024, 2, 2))
    assert refused.value.code == "welfare_entry_not_after_posting"


def test_a_fund_of_another_book_is_refused() -> None:
    fund, foreign = open_book(), new_fund()
    with pytest.raises(Refused) as refused:
        ledger.post(
            book=fund.book,
            posted_on=dt.date(2024, 2, 1),
            kind=PostingKind.PURCHASE,
            summary="采购",
            entries=[ledger.EntryLine(account(), foreign, Decimal(1), dt.date(2024, 2, 1))],
            approval=approval(),
            source_key="a",
        )
    assert refused.value.code == "welfare_posting_funds_of_its_book"


def test_a_year_that_was_never_opened_takes_nothing() -> None:
    with pytest.raises(Refused) as refused:
        posting(open_book(2024), source_key="a", posted_on=dt.date(2023, 5, 1))
    assert refused.value.code == "welfare_posting_year_is_open"


def test_december_is_posted_in_january_while_its_year_is_open() -> None:
    fund = open_book(2023, 2024)
    late = posting(fund, source_key="a", posted_on=dt.date(2024, 1, 9), occurred_on=dt.date(2023, 12, 28), year=2023)
    assert (late.year, late.number) == (2023, 1)


def _closed(fund_years: tuple[int, ...], close: int) -> tuple[ledger.EntryLine, FiscalYear, Posting]:
    fund = open_book(*fund_years)
    old = posting(fund, source_key="old", posted_on=dt.date(close, 6, 1))
    year = take(subject=FiscalYear.objects.get(book=fund.book, year=close), action="close", actor=officer("chair"))
    line = ledger.EntryLine(account(), fund, Decimal("8.00"), dt.date(close, 6, 2))
    return line, year, old


def test_a_closed_year_takes_nothing_and_is_corrected_in_the_open_one_as_an_adjustment() -> None:
    line, _year, _old = _closed((2023, 2024), 2023)

    def post(kind: PostingKind, year: int) -> Posting:
        return ledger.post(
            book=line.fund.book,
            posted_on=dt.date(2024, 3, 1),
            kind=kind,
            summary="更正",
            entries=[line],
            approval=approval(),
            source_key=f"{kind}{year}",
            year=year,
        )

    for kind, year in [(PostingKind.PURCHASE, 2023), (PostingKind.RECORDED, 2023), (PostingKind.PURCHASE, 2024)]:
        with pytest.raises(Refused):
            post(kind, year)
    assert post(PostingKind.ADJUSTMENT, 2024).entries.get().occurred_on == dt.date(2023, 6, 2)


def test_an_adjustment_of_the_present_year_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        posting(open_book(), source_key="a", kind=PostingKind.ADJUSTMENT)
    assert refused.value.code == "welfare_posting_adjusts_earlier_years"


def test_a_reopened_year_takes_what_is_recorded_later_and_nothing_else() -> None:
    line, year, _old = _closed((2023, 2024), 2023)
    chair = officer("chair")
    with pytest.raises(DomainError):
        take(subject=year, action="reopen", actor=chair, why=" ")
    take(subject=year, action="reopen", actor=chair, why="审计要求补录12月慰问")
    later: dict[str, Any] = {"posted_on": dt.date(2024, 3, 1), "occurred_on": dt.date(2023, 12, 1), "year": 2023}
    with pytest.raises(Refused):
        posting(line.fund, source_key="b", **later)
    assert posting(line.fund, source_key="b", kind=PostingKind.RECORDED, **later).number == 2
    take(subject=year, action="close", actor=chair)
    moves = FiscalYearMove.objects.filter(subject=year).values_list("action", "target", "reason")
    assert list(moves) == [
        ("close", YearState.CLOSED, ""),
        ("reopen", YearState.REOPENED, "审计要求补录12月慰问"),
        ("close", YearState.CLOSED, ""),
    ]


def test_an_open_year_cannot_be_reopened() -> None:
    year = books.open_year(book=open_book().book, year=2030, actor=officer("finance"))
    with pytest.raises(Refused):
        take(subject=year, action="reopen", actor=officer("chair"), why="补录")


def test_a_single_entry_is_reversed_on_its_own_day_and_once() -> None:
    fund = open_book()
    original = posting(fund, "100.00", "30.00", source_key="a")
    entry = original.entries.get(line=2)

    def reverse(source_key: str = "") -> Posting:
        return ledger_reversal.reverse_entries(
            entries=[entry],
            reason="银行退票",
            posted_on=dt.date(2024, 5, 1),
            approval=approval(),
            source_key=source_key,
        )

    reversal = reverse()
    assert (reversal.kind, reversal.total) == (PostingKind.REVERSAL, Decimal("-30.00"))
    mirrored = reversal.entries.get()
    assert (mirrored.amount, mirrored.occurred_on, mirrored.reverses) == (
        Decimal("-30.00"),
        dt.date(2024, 2, 1),
        entry,
    )
    assert str(original) in reversal.summary
    assert reverse() == reversal
    with pytest.raises(Refused) as refused:
        reverse(source_key="another button")
    assert refused.value.code == "welfare_ledgerentry_reverses_id_key"
    with pytest.raises(Refused) as refused:
        ledger_reversal.reverse_entries(
            entries=[mirrored], reason="误冲", posted_on=dt.date(2024, 5, 2), approval=approval()
        )
    assert refused.value.code in {"welfare_entry_reversal_mirrors", "welfare_entry_sign"}
    assert verification.verify() == []


def test_an_entry_of_a_closed_year_is_reversed_in_the_open_one_as_an_adjustment() -> None:
    _line, _year, old = _closed((2023, 2024), 2023)
    reversal = ledger_reversal.reverse_entries(
        entries=old.entries.all(), reason="重复入账", posted_on=dt.date(2024, 3, 1), approval=approval()
    )
    assert (reversal.kind, reversal.year) == (PostingKind.ADJUSTMENT, 2024)
    assert reversal.entries.get().occurred_on == dt.date(2023, 6, 1)


def test_entries_of_two_books_are_not_reversed_together() -> None:
    entries = [posting(open_book(), source_key=key).entries.get() for key in "ab"]
    with pytest.raises(DomainError):
        ledger_reversal.reverse_entries(
            entries=entries, reason="误记", posted_on=dt.date(2024, 5, 1), approval=approval()
        )


def test_the_official_voucher_is_noted_beside_the_posting() -> None:
    made = posting(open_book(), source_key="a")
    note: dict[str, Any] = {"posting": made, "voucher_number": "记-0031", "voucher_date": dt.date(2024, 2, 9)}
    first = vouchers.note_voucher(**note, noted_by=officer("finance"))
    assert vouchers.note_voucher(**note, noted_by=officer("finance")) == first
    with pytest.raises(DomainError):
        vouchers.note_voucher(
            posting=made, voucher_number="1", voucher_date=dt.date(2023, 1, 1), noted_by=officer("finance")
        )


def test_heads_are_the_ends_of_the_chains() -> None:
    fund = open_book()
    posting(fund, source_key="a")
    last = posting(fund, source_key="b")
    [head] = heads.heads()
    assert (head.book_id, head.year, head.number, head.hash) == (fund.book_id, 2024, 2, last.hash)
    assert heads.heads(books=[]) == []
    [known] = heads.remember_heads(printed_in="2024年工作报告")
    assert known.hash == last.hash


pytestmark = pytest.mark.django_db
