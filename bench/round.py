"""A round of 10,000 members locked and posted, against bare INSERT … SELECTs of the same rows without our triggers.

Run as `python bench/round.py [MEMBERS]` with DATABASE_URL and DATABASE_OWNER_URL of a migrated database that is no
portal's: everything happens in transactions that are rolled back. Deferred constraints are checked inside the times.
"""

import os
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ["PORTAL_DATABASE_ROLE"] = "owner"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "union_portal.settings")

import django

django.setup()

from django.db import connection, transaction  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from members.models import Membership, Person  # noqa: E402
from union_portal.accounts.models import User  # noqa: E402
from welfare.models import Benefit, Book, FiscalYear, Fund, LedgerAccount, LedgerEntry, Occasion, Round  # noqa: E402
from welfare.services import rounds  # noqa: E402
from welfare.services.selection import Selection  # noqa: E402

MEMBERS = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
RUNS = 5
DAY = date(2024, 2, 1)
GRANTS = """
INSERT INTO welfare_grant (person_id, benefit_id, round_id, occasion_id, relation, tier, state, form, amount,
    granted_on, received_on, reason, source, offline_approval)
SELECT person_id, {benefit}, {round}, {occasion}, '', '', 'received', 'cash', 300,
    '2024-02-01', '2024-02-01', '', '', ''
FROM members_membership WHERE valid_from <= '2024-02-01' AND (valid_to IS NULL OR valid_to >= '2024-02-01')
"""
ENTRIES = """
INSERT INTO welfare_ledgerentry (posting_id, line, grant_id, account_id, fund_id, amount, occurred_on)
SELECT 0, row_number() OVER (ORDER BY id), id, {account}, {fund}, amount, granted_on FROM welfare_grant
WHERE round_id = {round}
"""
POSTING = """
INSERT INTO welfare_posting (id, book_id, year, number, kind, summary, posted_on, posted_at, offline_approval,
    source_key, entry_count, total, previous_hash, hash)
VALUES (0, {book}, 2024, 1, 'round', 'bench', '2024-02-01', now(), 'bench', 'bench', 0, 0, '', '')
"""
Times = dict[str, float]


def _timed(times: Times, name: str, work: Callable[[], object]) -> None:
    started = time.perf_counter()
    work()
    connection.check_constraints()
    times[name] = time.perf_counter() - started


def _college() -> Round:
    """Make the members and a draft of a cash round for all of them; rolled back at the end like the rest."""
    preparer = User.objects.create(staff_number="bench-1", name="bench")
    people = Person.objects.bulk_create(Person(name=f"会员{n}", staff_number=f"bench{n}") for n in range(MEMBERS))
    Membership.objects.bulk_create(
        Membership(person=person, began_by="joined", valid_from=date(2020, 1, 1)) for person in people
    )
    book = Book.objects.create(code="bench", name="bench")
    FiscalYear.objects.create(book=book, year=2024)
    account = LedgerAccount.objects.create(code="bench", name="bench", kind="expense")
    benefit = Benefit.objects.create(code="bench", name="bench", category="other", form="cash", account=account)
    occasion = Occasion.objects.create(code="bench", name="bench", year=2024, day=DAY)
    made = rounds.create(
        benefit=benefit,
        occasion=occasion,
        cut_off_on=DAY,
        fund=Fund.objects.create(code="bench", name="bench", book=book),
        actor=preparer,
        selection=Selection(),
    )
    rounds.set_price(round_=made, unit_price=Decimal(300), handed_out_on=DAY, actor=preparer)
    connection.check_constraints()
    with connection.cursor() as cursor:
        for table in ("members_person", "members_membership"):
            cursor.execute(f"ANALYZE {table}")
    return Round.objects.get(pk=made.pk)


def _ours(made: Round) -> tuple[Times, int]:
    times: Times = {}
    with transaction.atomic(), CaptureQueriesContext(connection) as queries:
        _timed(times, "lock", lambda: rounds.lock(round_=made, actor=made.prepared_by))
        _timed(times, "approve", lambda: rounds.record_paper_approval(round_=made, document="纪要", actor=None))
        _timed(times, "post", lambda: rounds.post_roster(round_=made, on=DAY, actor=None))
        assert LedgerEntry.objects.filter(grant__round=made).count() == MEMBERS
        transaction.set_rollback(True)
    return times, len(queries)


def _bare(made: Round) -> Times:
    times: Times = {}
    ids = {
        "benefit": made.benefit_id,
        "round": made.pk,
        "occasion": made.occasion_id,
        "fund": made.fund_id,
        "book": made.book_id,
        "account": made.benefit.account_id,
    }

    def execute(*statements: str) -> None:
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement.format(**ids))

    with transaction.atomic():
        execute(*(f"ALTER TABLE welfare_{name} DISABLE TRIGGER USER" for name in ("grant", "ledgerentry", "posting")))
        _timed(times, "grants", lambda: execute(GRANTS))
        _timed(times, "entries", lambda: execute(ENTRIES, POSTING))
        transaction.set_rollback(True)
    return times


def main() -> None:
    """Measure by turns and print medians and ratios."""
    with transaction.atomic():
        made = _college()
        results = []
        for _run in range(RUNS):
            made.refresh_from_db()
            bare = _bare(made)
            ours, queries = _ours(made)
            results.append(ours | bare)
        transaction.set_rollback(True)
    median = {name: statistics.median(result[name] for result in results) for name in results[0]}
    bare_total = median["grants"] + median["entries"]
    print(f"{MEMBERS} members, median of {RUNS} runs by turns, seconds; {queries} queries")
    for name, seconds in median.items():
        print(f"  {name:8} {seconds:7.3f}")
    print(f"lock + post          {(median['lock'] + median['post']) / bare_total:5.2f} x bare")
    print(f"lock + approve + post {(sum(median.values()) - bare_total) / bare_total:4.2f} x bare")


if __name__ == "__main__":
    main()
