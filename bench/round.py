"""A round of 10,000 members locked and posted, against bare INSERT … SELECTs of the same rows without our triggers.

Everything happens in transactions that are rolled back. Deferred constraints are checked inside the times.
"""

from collections import defaultdict
from datetime import date
from decimal import Decimal

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from bench.measuring import Spent, ratio, spent, table
from members.memberships.models import Membership
from members.people.models import Person
from tests.factories import papers
from union_portal.accounts.enums import Role
from union_portal.accounts.models import RoleAssignment, User
from welfare.approvals import services as approvals
from welfare.benefits.models import Benefit, Occasion
from welfare.books.models import Book, FiscalYear, Fund, LedgerAccount
from welfare.grants.enums import SUBJECT
from welfare.grants.models import Round
from welfare.ledger.models import LedgerEntry
from welfare.rosters.services.selection import Selection
from welfare.rounds.services import approval, drafting, payment, roster
from welfare.rounds.services import people as rounds

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
INSERT INTO welfare_ledgerentry (posting_id, line, subject_kind, subject_id, account_id, fund_id, amount, occurred_on)
SELECT 0, row_number() OVER (ORDER BY id), 'grant', id, {account}, {fund}, amount, granted_on FROM welfare_grant
WHERE round_id = {round}
"""
POSTING = """
INSERT INTO welfare_posting (id, book_id, year, number, kind, summary, posted_on, posted_at, offline_approval,
    source_key, entry_count, total, previous_hash, hash)
VALUES (0, {book}, 2024, 1, 'round', 'bench', '2024-02-01', now(), 'bench', 'bench', 0, 0, '', '')
"""
Times = dict[str, Spent]


def _college(members: int) -> Round:
    """Make the members and a draft of a cash round for all of them; rolled back at the end like the rest."""
    preparer = User.objects.create(staff_number="bench-1", name="bench")
    people = Person.objects.bulk_create(Person(name=f"会员{n}", staff_number=f"bench{n}") for n in range(members))
    Membership.objects.bulk_create(
        Membership(person=person, began_by="joined", valid_from=date(2020, 1, 1)) for person in people
    )
    book = Book.objects.create(code="bench", name="bench")
    FiscalYear.objects.create(book=book, year=2024)
    account = LedgerAccount.objects.create(code="bench", name="bench", kind="expense")
    benefit = Benefit.objects.create(code="bench", name="bench", category="other", form="cash", account=account)
    occasion = Occasion.objects.create(code="bench", name="bench", year=2024, day=DAY)
    made = drafting.create(
        benefit=benefit,
        occasion=occasion,
        cut_off_on=DAY,
        fund=Fund.objects.create(code="bench", name="bench", book=book),
        actor=preparer,
        selection=Selection(),
    )
    rounds.set_price(subject=made, unit_price=Decimal(300), handed_out_on=DAY, actor=preparer)
    connection.check_constraints()
    with connection.cursor() as cursor:
        for table in ("members_person", "members_membership"):
            cursor.execute(f"ANALYZE {table}")
    return Round.objects.get(pk=made.pk)


def _approve(made: Round, chair: User, second: User) -> None:
    """Register the chair's approval on paper and confirm it."""
    told = {"approver": chair, "approved_on": DAY, "document": "纪要", "scan": papers.sent()}
    held = approval.record_paper_approval(subject=made, actor=made.prepared_by or second, **told)
    if held.paper_approval is not None:
        approvals.confirm(subject=held.paper_approval, actor=second)


def _ours(made: Round) -> tuple[Times, int]:
    times: Times = {}
    with transaction.atomic(), CaptureQueriesContext(connection) as queries:
        times["lock"] = spent(lambda: roster.lock(subject=made, actor=made.prepared_by))
        chair = User.objects.create(staff_number="bench-2", name="bench")
        RoleAssignment.objects.create(user=chair, role=Role.CHAIR, valid_from=date(2020, 1, 1))
        finance = User.objects.create(staff_number="bench-3", name="bench")
        times["approve"] = spent(lambda: _approve(made, chair, finance))
        times["post"] = spent(lambda: payment.post_roster(subject=made, on=DAY, actor=finance))
        assert LedgerEntry.objects.paying(SUBJECT, made.grants.values("pk")).count() == Membership.objects.count()
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
        times["bare grants"] = spent(lambda: execute(GRANTS))
        times["bare entries"] = spent(lambda: execute(ENTRIES, POSTING))
        transaction.set_rollback(True)
    return times


def measure(*, quick: bool = False) -> None:
    """Measure by turns and print medians and ratios."""
    members = 200 if quick else 10_000
    times: dict[str, list[Spent]] = defaultdict(list)
    with transaction.atomic():
        made = _college(members)
        for _run in range(2 if quick else RUNS):
            made.refresh_from_db()
            bare = _bare(made)
            ours, queries = _ours(made)
            for name, one in (bare | ours).items():
                times[name].append(one)
        transaction.set_rollback(True)
    medians = table(f"Round of {members:,} members, {queries} queries", times)
    theirs = medians["bare grants"] + medians["bare entries"]
    posted = medians["lock"] + medians["post"]
    ratio("lock + post / bare INSERT … SELECTs", posted, theirs, most=3)
    ratio("lock + approve + post / bare INSERT … SELECTs", posted + medians["approve"], theirs, most=3)
