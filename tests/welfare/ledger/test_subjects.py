"""What an entry pays for: a row of any room, by the code of its kind and its key, with nothing the ledger must know."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from tests import database
from tests.factories.ledger import account, approval, open_book, posting
from union_portal.base.errors import Refused
from welfare.books.models import Fund
from welfare.ledger.enums import PostingKind
from welfare.ledger.models import LedgerEntry, Posting
from welfare.ledger.services import posting as ledger
from welfare.ledger.services import verification
from welfare.ledger.services.reversal import reverse_entries

DAY = dt.date(2024, 2, 1)
pytestmark = pytest.mark.django_db


def _execute(sql: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.fixture(autouse=True)
def prizes() -> Iterator[None]:
    """Let a room that the ledger has never heard of pay prizes 1 to 3."""
    with database.owner_role():
        _execute(
            "CREATE TABLE activities_prize (id bigint PRIMARY KEY, amount numeric NOT NULL DEFAULT 50);"
            " INSERT INTO activities_prize VALUES (1), (2), (3);"
            " GRANT SELECT, DELETE ON activities_prize TO PUBLIC;"
            " SELECT welfare_guard_subjects('prize', 'activities_prize')"
        )
    yield
    with database.owner_role():
        _execute("SELECT welfare_unguard_subjects('prize', 'activities_prize'); DROP TABLE activities_prize")


def _pay(fund: Fund, *subjects: tuple[str, int], source_key: str) -> Posting:
    under = account()
    return ledger.post(
        book=fund.book,
        posted_on=DAY,
        kind=PostingKind.PURCHASE,
        summary="运动会奖品",
        entries=[ledger.EntryLine(under, fund, Decimal(50), DAY, subject=subject) for subject in subjects],
        approval=approval(),
        source_key=source_key,
    )


def test_any_room_posts_under_a_kind_of_its_own() -> None:
    made = _pay(open_book(), ("prize", 1), ("prize", 2), source_key="a")
    assert list(made.entries.values_list("subject_kind", "subject_id")) == [("prize", 1), ("prize", 2)]
    assert LedgerEntry.objects.paying("prize", [2, 3]).count() == 1
    # The table of this test is no part of the release, which is said of it and of nothing else.
    assert all("prize" in fault.where for fault in verification.verify())


def test_a_subject_is_paid_once_until_its_entry_is_reversed() -> None:
    fund = open_book()
    made = _pay(fund, ("prize", 1), source_key="a")
    with pytest.raises(Refused) as refused:
        _pay(fund, ("prize", 2), ("prize", 1), source_key="b")
    assert refused.value.code == "welfare_posting_subject_paid_once"
    reversal = reverse_entries(entries=made.entries.all(), reason="退货", posted_on=DAY, approval=approval())
    assert list(reversal.entries.values_list("subject_kind", "subject_id")) == [("prize", 1)]
    assert not LedgerEntry.objects.paying("prize", [1]).standing().exists()
    _pay(fund, ("prize", 1), source_key="c")


def test_subjects_of_two_kinds_with_one_key_are_two_subjects() -> None:
    with database.owner_role():
        _execute("CREATE TABLE activities_trip (id bigint PRIMARY KEY); INSERT INTO activities_trip VALUES (1);")
        _execute("SELECT welfare_guard_subjects('trip', 'activities_trip')")
    fund = open_book()
    _pay(fund, ("prize", 1), source_key="a")
    _pay(fund, ("trip", 1), source_key="b")
    assert LedgerEntry.objects.paying("trip", [1]).count() == 1


def test_a_subject_that_does_not_exist_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        _pay(open_book(), ("prize", 1), ("prize", 4), source_key="a")
    assert refused.value.code == "welfare_entry_subject_exists"


def test_a_kind_that_nothing_guards_is_refused() -> None:
    with pytest.raises(IntegrityError, match="nothing checks that subjects of kind price exist"):
        _pay(open_book(), ("price", 1), source_key="a")


@pytest.mark.parametrize("values", ["'prize', NULL", "'', 1"])
def test_half_a_subject_is_refused(values: str) -> None:
    posting(open_book(), source_key="a")
    with pytest.raises(IntegrityError):
        _execute(
            "INSERT INTO welfare_ledgerentry"  # noqa: S608 -- the test's own words
            " (posting_id, line, account_id, fund_id, amount, occurred_on, subject_kind, subject_id)"
            f" SELECT 99, 1, account_id, fund_id, 5, occurred_on, {values} FROM welfare_ledgerentry"
        )


def test_a_paid_subject_is_neither_deleted_nor_given_another_key() -> None:
    _pay(open_book(), ("prize", 1), source_key="a")
    for statement in ("DELETE FROM activities_prize", "UPDATE activities_prize SET id = 9 WHERE id = 1"):
        with database.owner_role(), pytest.raises(IntegrityError):
            _execute(statement)
    _execute("DELETE FROM activities_prize WHERE id = 2")


def test_a_reversal_speaks_of_the_same_subject() -> None:
    entry = _pay(open_book(), ("prize", 1), source_key="a").entries.get()
    with pytest.raises(IntegrityError, match="must mirror"), transaction.atomic():
        LedgerEntry.objects.create(
            posting_id=entry.posting_id + 100,
            line=1,
            account=entry.account,
            fund=entry.fund,
            amount=-entry.amount,
            occurred_on=entry.occurred_on,
            subject_kind="prize",
            subject_id=2,
            reverses=entry,
        )


def test_a_kind_whose_guard_is_gone_is_named() -> None:
    _pay(open_book(), ("prize", 1), source_key="a")
    connection.check_constraints()
    with database.owner_role():
        _execute("ALTER TABLE welfare_ledgerentry DISABLE TRIGGER subject_prize")
    assert "welfare_ledgerentry.subject_prize" in [fault.where for fault in verification.verify()]
