"""What PostgreSQL itself refuses on the ledger's tables, from the runtime role and from the owner."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, ProgrammingError, connection, transaction

from tests import database
from tests.factories.ledger import fund as new_fund
from tests.factories.ledger import officer, open_book, posting
from union_portal.base.errors import Refused
from union_portal.base.steps import take
from welfare.books.models import FiscalYear
from welfare.ledger.models import KnownHead, LedgerEntry, Posting
from welfare.ledger.services import heads, verification, vouchers

WRITTEN_ONCE = ["welfare_posting", "welfare_ledgerentry", "welfare_vouchernote", "welfare_knownhead"]
ENTRY = (
    "INSERT INTO welfare_ledgerentry (posting_id, line, account_id, fund_id, amount, occurred_on{columns})"
    " SELECT {posting}, {line}, account_id, fund_id, 5, occurred_on{values} FROM welfare_ledgerentry LIMIT 1"
)


def _execute(sql: str, parameters: list[Any] | None = None) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, parameters)


def _one_of_each() -> Posting:
    made = posting(open_book(), "10.00", "20.00", source_key="a")
    vouchers.note_voucher(
        posting=made, voucher_number="记-1", voucher_date=dt.date(2024, 3, 1), noted_by=officer("finance")
    )
    heads.remember_heads(printed_in="报告")
    connection.check_constraints()  # TRUNCATE refuses pending checks before any trigger speaks
    return made


@pytest.mark.parametrize("table", WRITTEN_ONCE)
@pytest.mark.parametrize("statement", ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_nothing_written_is_changed_by_the_runtime_role_nor_by_the_owner(table: str, statement: str) -> None:
    _one_of_each()
    sql = statement.format(table)
    with pytest.raises(ProgrammingError, match="permission denied"):
        _execute(sql)
    with database.owner_role(), pytest.raises(DatabaseError, match="append-only"):
        _execute(sql)


@pytest.mark.parametrize("table", ["welfare_roundmove", "welfare_grantmove", "welfare_fiscalyearmove"])
def test_logs_of_moves_are_written_once(table: str) -> None:
    for statement in ("UPDATE {} SET reason = ''", "DELETE FROM {}", "TRUNCATE {}"):
        with pytest.raises(ProgrammingError, match="permission denied"):
            _execute(statement.format(table))
    with database.owner_role(), pytest.raises(DatabaseError, match="append-only"):
        _execute(f"TRUNCATE {table} CASCADE")


def test_an_entry_is_not_added_to_a_posting_of_the_same_transaction() -> None:
    made = posting(open_book(), source_key="a")
    with pytest.raises(IntegrityError, match="sealed"):
        _execute(ENTRY.format(posting=made.pk, line=2, columns="", values=""))


def test_an_entry_with_a_forged_transaction_id_is_refused() -> None:
    made = posting(open_book(), source_key="a")
    for forged in (made.pk, made.pk + 1000):
        with pytest.raises(IntegrityError, match="another transaction"):
            _execute(ENTRY.format(posting=forged, line=2, columns=", transaction", values=", '7'::xid8"))


@pytest.mark.django_db(transaction=True)
def test_an_entry_is_not_added_to_a_posting_of_an_earlier_transaction() -> None:
    made = posting(open_book(), source_key="a")
    with pytest.raises(IntegrityError, match="sealed"):
        _execute(ENTRY.format(posting=made.pk, line=2, columns="", values=""))
    with pytest.raises(IntegrityError, match="another transaction"):
        _execute(ENTRY.format(posting=made.pk, line=2, columns=", transaction", values=f", '{made.transaction}'::xid8"))


@pytest.mark.django_db(transaction=True)
def test_entries_without_their_posting_fail_when_the_transaction_ends() -> None:
    made = posting(open_book(), source_key="a")
    with pytest.raises(IntegrityError, match="welfare_entry_sealed_by_its_transaction"):
        _execute(ENTRY.format(posting=made.pk + 1, line=1, columns="", values=""))
    assert LedgerEntry.objects.count() == 1


def test_a_posting_and_its_entries_do_not_go_into_one_statement() -> None:
    made = posting(open_book(), source_key="a")
    entry = ENTRY.format(posting=made.pk + 50, line=1, columns="", values="")
    with pytest.raises(IntegrityError, match="sealed"):
        _execute(
            f"WITH e AS ({entry} RETURNING posting_id)"  # noqa: S608 - the test's own words
            " INSERT INTO welfare_posting (id, book_id, year, number, kind, summary, posted_on, posted_at,"
            " prepared_by_id, approved_by_id, posted_by_id, offline_approval, source_key, entry_count, total,"
            " previous_hash, hash) SELECT e.posting_id, p.book_id, p.year, 9, p.kind, p.summary, p.posted_on,"
            " p.posted_at, p.prepared_by_id, p.approved_by_id, p.posted_by_id, 'x', 'b', 1, 5, '', ''"
            " FROM e CROSS JOIN welfare_posting p"
        )


def test_whatever_the_caller_supplies_the_database_writes_number_sum_time_and_seal() -> None:
    fund = open_book()
    first = posting(fund, source_key="a")
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('welfare_posting', 'id'))")
        key = cursor.fetchone()[0]
    _execute(ENTRY.format(posting=key, line=1, columns="", values=""))
    _execute(
        "INSERT INTO welfare_posting (id, book_id, year, number, kind, summary, posted_on, posted_at, offline_approval,"
        " source_key, entry_count, total, previous_hash, hash, transaction, prepared_by_id, approved_by_id,"
        " posted_by_id) VALUES (%s, %s, 2024, 77, 'purchase', 's', '2024-02-01', '1999-01-01', 'x', 'b', 9, 999,"
        " 'forged', 'forged', '1', %s, %s, %s)",
        [key, fund.book_id, first.prepared_by_id, first.approved_by_id, first.posted_by_id],
    )
    made = Posting.objects.get(pk=key)
    assert (made.number, made.entry_count, made.total, made.previous_hash) == (2, 1, Decimal(5), first.hash)
    assert made.posted_at.year > 1999
    assert made.transaction == first.transaction
    assert verification.verify() == []


def test_a_temporary_table_named_like_the_ledger_does_not_answer_for_it() -> None:
    fund = open_book()
    take(subject=FiscalYear.objects.get(book=fund.book), action="close", actor=officer("chair"))
    with database.owner_role():  # the runtime role makes none at all
        _execute("CREATE TEMPORARY TABLE welfare_fiscalyear (book_id bigint, year int, state text) ON COMMIT DROP")
        _execute("GRANT ALL ON pg_temp.welfare_fiscalyear TO PUBLIC")
    _execute("INSERT INTO pg_temp.welfare_fiscalyear VALUES (%s, 2024, 'open')", [fund.book_id])
    with pytest.raises(Refused):
        posting(fund, source_key="a")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE welfare_fiscalyear SET state = 'open'",
        "UPDATE welfare_fiscalyear SET year = 2031",
        "DELETE FROM welfare_fiscalyear",
    ],
)
def test_a_closed_year_does_not_come_back_by_another_way(statement: str) -> None:
    fund = open_book()
    take(subject=FiscalYear.objects.get(book=fund.book), action="close", actor=officer("chair"))
    connection.check_constraints()
    with pytest.raises(DatabaseError):
        _execute(statement)
    with database.owner_role(), pytest.raises(IntegrityError):
        _execute(statement)


def test_a_year_is_born_open() -> None:
    with pytest.raises(IntegrityError, match="cannot begin"), transaction.atomic():
        FiscalYear.objects.create(book=open_book().book, year=2040, state="reopened")


def test_reopening_is_logged_with_its_reason_or_not_at_all() -> None:
    year = FiscalYear.objects.get(book=open_book().book)
    with pytest.raises(IntegrityError, match="reopening_has_a_reason"), transaction.atomic():
        year.moves.create(action="reopen", source="closed", target="reopened", actor=officer("chair"))


def test_a_fund_with_entries_stays_in_its_book() -> None:
    fund = open_book()
    fund.book = new_fund().book
    fund.save()
    posting(open_book(), source_key="other")
    used = posting(open_book(), source_key="a").entries.get().fund
    used.book = fund.book
    with pytest.raises(IntegrityError, match="stays in its book"), transaction.atomic():
        used.save()


Mirror = Callable[[LedgerEntry, LedgerEntry], dict[str, Any]]


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param(lambda _entry, _other: {"amount": "-9.99"}, id="amount"),
        pytest.param(lambda _entry, _other: {"occurred_on": dt.date(2024, 3, 1)}, id="day"),
        pytest.param(lambda _entry, other: {"fund": other.fund}, id="fund"),
    ],
)
def test_a_reversal_that_does_not_mirror_its_entry_is_refused(wrong: Mirror) -> None:
    entry = posting(open_book(), "10.00", source_key="a").entries.get()
    other = posting(open_book(), "10.00", source_key="b").entries.get()
    values: dict[str, Any] = {
        "posting_id": entry.posting_id + 100,
        "line": 1,
        "account": entry.account,
        "fund": entry.fund,
        "amount": "-10.00",
        "occurred_on": entry.occurred_on,
        "reverses": entry,
    }
    with pytest.raises(IntegrityError, match="must mirror"), transaction.atomic():
        LedgerEntry.objects.create(**(values | wrong(entry, other)))


def test_known_heads_are_kept_per_print() -> None:
    _one_of_each()
    heads.remember_heads(printed_in="备份")
    assert KnownHead.objects.count() == 2


pytestmark = [pytest.mark.attack, pytest.mark.django_db]
