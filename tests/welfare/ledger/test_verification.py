"""`verify_ledger` finds what somebody altered with the guards switched off."""

import hashlib
import io

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from tests import database
from tests.factories import approvals
from tests.factories.ledger import officer, open_book, posting
from welfare.ledger.models import LedgerEntry, Posting
from welfare.ledger.services import heads, verification
from welfare.ledger.services.posting import Approval
from welfare.ledger.services.verification import FaultKind


def _tamper(sql: str, *parameters: int) -> None:
    """Do what an owner or superuser can: switch the guards off, then alter; the test's end takes it all back."""
    connection.check_constraints()
    with database.owner_role(), connection.cursor() as cursor:
        cursor.execute(
            "ALTER TABLE welfare_ledgerentry DROP CONSTRAINT IF EXISTS welfare_entry_sealed_by_its_transaction"
        )
        for table in ("welfare_posting", "welfare_ledgerentry"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(sql, parameters)


def _chain() -> list[Posting]:
    fund = open_book()
    return [posting(fund, "100.00", "23.40", source_key=key) for key in "abcd"]


def _found() -> list[tuple[FaultKind, str]]:
    return [(fault.kind, fault.where) for fault in verification.verify() if fault.kind != FaultKind.UNGUARDED]


POSTING_CHANGES = {
    "kind": "'cover'",
    "summary": "'改过的摘要'",
    "posted_on": "posted_on + 1",
    "posted_at": "posted_at + interval '1 microsecond'",
    "prepared_by_id": "NULL",
    "approved_by_id": "NULL, offline_approval = 'x'",
    "offline_approval": "'x'",
    "posted_by_id": "NULL",
    "paper_approval_id": "1",
    "source_key": "'x'",
    "entry_count": "9",
    "total": "total + 0.01",
    "previous_hash": "repeat('1', 64)",
    "hash": "repeat('1', 64)",
    "transaction": "'1'",
}
ENTRY_CHANGES = {
    "id": "id + 1000",
    "line": "line + 5",
    "account_id": "account_id + 1",
    "fund_id": "fund_id + 1",
    "amount": "amount + 0.01",
    "occurred_on": "occurred_on + 1",
    "subject_kind": "'claim', subject_id = 1",
    "subject_id": "1, subject_kind = 'grant'",
    "reverses_id": "1, amount = -amount",
    "transaction": "'1'",
}


def test_every_column_of_both_tables_is_sealed() -> None:
    def columns(model: type[Posting | LedgerEntry]) -> set[str]:
        return {field.column for field in model._meta.concrete_fields if field.column}

    assert columns(Posting) == {*POSTING_CHANGES, "id", "book_id", "year", "number"}
    assert columns(LedgerEntry) == {*ENTRY_CHANGES, "posting_id"}


def _printed(posting: Posting) -> str:
    """Return its number as a printed head has it."""
    return f"{posting.book.code}-{posting.year}-{posting.number:05d}"


@pytest.mark.parametrize(
    ("table", "key", "column", "value"),
    [("welfare_posting", "id", *change) for change in POSTING_CHANGES.items()]
    + [("welfare_ledgerentry", "line = 2 AND posting_id", *change) for change in ENTRY_CHANGES.items()],
)
def test_an_altered_row_is_found_with_its_number(table: str, key: str, column: str, value: str) -> None:
    bad = _chain()[1]
    with transaction.atomic():
        _tamper(f"UPDATE {table} SET {column} = {value} WHERE {key} = %s", bad.pk)  # noqa: S608
        found = _found()
        transaction.set_rollback(True)  # before the foreign keys speak, which a superuser can skip too
    assert found[0][1] == str(bad)


def test_a_missing_posting_leaves_a_gap_a_broken_link_and_orphans() -> None:
    postings = _chain()
    _tamper("DELETE FROM welfare_posting WHERE id = %s", postings[1].pk)
    assert _found() == [
        (FaultKind.GAP, str(postings[2])),
        (FaultKind.LINK, str(postings[2])),
        (FaultKind.ORPHAN, f"#{postings[1].pk}"),
    ]


def test_a_removed_or_added_entry_is_found() -> None:
    postings = _chain()
    _tamper("DELETE FROM welfare_ledgerentry WHERE posting_id = %s AND line = 2", postings[2].pk)
    assert (FaultKind.COUNT, str(postings[2])) in _found()
    assert (FaultKind.TOTAL, str(postings[2])) in _found()


def test_a_rewritten_chain_and_a_cut_tail_are_found_by_what_was_printed() -> None:
    postings = _chain()
    heads.remember_heads(printed_in="2024年工作报告")
    connection.check_constraints()
    _tamper("DELETE FROM welfare_ledgerentry WHERE posting_id = %s", postings[3].pk)
    _tamper("DELETE FROM welfare_posting WHERE id = %s", postings[3].pk)
    assert _found() == [(FaultKind.HEAD_MISSING, str(postings[3]))]
    [fault] = [fault for fault in verification.verify() if fault.kind == FaultKind.HEAD_MISSING]
    assert "2024年工作报告" in str(fault)


def test_a_head_read_from_paper_is_checked_too() -> None:
    last = _chain()[-1]
    call_command("verify_ledger", head=[f"{_printed(last)}={last.hash}"], stdout=io.StringIO())
    with pytest.raises(CommandError) as failed:
        call_command("verify_ledger", head=[f"{_printed(last)}={'1' * 64}"], stdout=io.StringIO())
    assert failed.value.returncode == 2
    assert str(last) in str(failed.value)


def test_guards_that_are_off_are_named() -> None:
    _chain()
    connection.check_constraints()
    with database.owner_role(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE welfare_ledgerentry DISABLE TRIGGER append_only_rows")
    assert [str(fault.where) for fault in verification.verify()] == [
        "trigger welfare_ledgerentry.append_only_rows：与发行版本不同"
    ]


def test_the_command_counts_and_prints_the_heads_when_all_is_well() -> None:
    last = _chain()[-1]
    out = io.StringIO()
    call_command("verify_ledger", stdout=out)
    assert f"{_printed(last)} {last.hash}" in out.getvalue()


def test_the_command_ends_with_2_and_names_the_first_bad_posting() -> None:
    bad = _chain()[1]
    _tamper("UPDATE welfare_ledgerentry SET amount = 1 WHERE posting_id = %s AND line = 1", bad.pk)
    with pytest.raises(CommandError) as failed:
        call_command("verify_ledger", stdout=io.StringIO())
    assert failed.value.returncode == 2
    assert str(bad) in str(failed.value).splitlines()[0]


def test_verifying_takes_the_same_few_queries_whatever_the_size(django_assert_num_queries: object) -> None:
    _chain()
    with django_assert_num_queries(9):  # type: ignore[operator]
        verification.verify()


def test_neither_time_zone_nor_date_style_nor_language_changes_a_seal() -> None:
    _chain()
    for setting in (
        "timezone = 'America/New_York'",
        "timezone = 'UTC'",
        "datestyle = 'SQL, DMY'",
        "extra_float_digits = 0",
        "bytea_output = 'escape'",
        "intervalstyle = 'iso_8601'",
        "lc_numeric = 'C'",
    ):
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL {setting}")
            cursor.execute(
                "SELECT bool_and(p.hash = welfare_posting_hash(p, s.digest))"
                " FROM welfare_posting p JOIN welfare_posting_seal s ON s.posting_id = p.id"
            )
            assert cursor.fetchone() == (True,), setting


def _sealed(made: Posting, *, begins: str, hands: tuple[int | str | None, ...]) -> str:
    """The canonical text as docs/ledger.md describes it, written out a second time, and its hash."""
    lines = "\n".join(
        "|".join(
            str(part)
            for part in (
                entry.pk,
                entry.line,
                entry.account_id,
                entry.fund_id,
                entry.amount,
                entry.occurred_on.isoformat(),
                f"{entry.subject_kind}:{entry.subject_id}" if entry.subject_id else "-",
                entry.reverses_id or "-",
                entry.transaction,
            )
        )
        for entry in made.entries.order_by("line")
    )
    texts = [f"{len(text.encode())}:{text}" for text in (made.summary, made.offline_approval, made.source_key)]
    canonical = "|".join(
        str(part)
        for part in (
            begins,
            made.pk,
            made.book_id,
            made.year,
            made.number,
            made.kind,
            texts[0],
            made.posted_on.isoformat(),
            made.posted_at.strftime("%Y-%m-%dT%H:%M:%S.%f"),
            made.prepared_by_id,
            made.approved_by_id or "-",
            *hands,
            texts[1],
            texts[2],
            made.entry_count,
            made.total,
            made.previous_hash,
            made.transaction,
            hashlib.sha256(lines.encode()).hexdigest(),
        )
    )
    return hashlib.sha256(canonical.encode()).hexdigest()


def test_the_seal_can_be_recomputed_without_the_database() -> None:
    made = _chain()[2]
    assert made.hash == _sealed(made, begins="posting/2", hands=(made.posted_by_id, "-"))
    paper = approvals.confirmed()
    hands = Approval(prepared_by=officer("preparer"), posted_by=officer("poster"), paper=paper)
    made = posting(open_book(), source_key="paper", approved=hands)
    assert made.hash == _sealed(made, begins="posting/2", hands=(made.posted_by_id, paper.pk))


def test_a_posting_from_before_the_poster_was_kept_stands_with_the_seal_of_then() -> None:
    fund = open_book()
    with database.owner_role(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE welfare_posting DISABLE TRIGGER check_hands")
    hands = Approval(prepared_by=officer("preparer"), approved_by=officer("approver"))
    old = posting(fund, source_key="old", approved=hands)
    connection.check_constraints()
    with database.owner_role(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE welfare_posting ENABLE TRIGGER check_hands")
    assert old.hash == _sealed(old, begins="posting/1", hands=())
    assert posting(fund, source_key="new").previous_hash == old.hash
    assert verification.verify() == []


pytestmark = pytest.mark.django_db
