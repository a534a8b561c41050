"""The year's figures on 1,000,000 ledger entries against one sequential aggregate, with the number of queries.

The worst case: all entries, and the grants they paid, lie in the year and the year before, which is counted beside it.
Ours answers every line of the summary outline. The aggregate reads the entries once: sum, count and count(DISTINCT
grant) by account and year; the second one also joins the grants and counts distinct people by benefit and year. All
without parallel workers.
"""

from collections import defaultdict
from datetime import date

from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench.measuring import Spent, ratio, spent, table
from members.memberships.models import Membership
from members.people.models import Person
from union_portal.annual_report.outlines.models import Outline, OutlineLine
from union_portal.base import figures
from union_portal.base.figures import FigureRequest
from union_portal.base.periods import Period

RUNS = 5
YEAR = Period.year(2023)
UNTRIGGERED = ("welfare_grant", "welfare_posting", "welfare_ledgerentry")
# 40 grants a person and year, each benefit at most twice, on days all over the year.
GRANTS = """
INSERT INTO welfare_grant (person_id, benefit_id, occasion_id, relation, tier, state, form, amount, granted_on,
    received_on, reason, source, offline_approval)
SELECT p.id, b.id, o.id, '', '', 'received', 'cash', 100 + b.nr, d.day, d.day, '', '', ''
FROM (SELECT id, row_number() OVER (ORDER BY id) AS nr FROM members_person) p
CROSS JOIN (SELECT id, row_number() OVER (ORDER BY id) AS nr FROM welfare_benefit ORDER BY id LIMIT 20) b
CROSS JOIN (SELECT id, year, row_number() OVER (ORDER BY id) AS nr FROM welfare_occasion WHERE code LIKE 'bench-%') o
CROSS JOIN LATERAL (SELECT make_date(o.year, 1, 1) + ((p.nr * 7 + b.nr * 11 + o.nr * 180) % 365)::int AS day) d
"""
POSTINGS = """
INSERT INTO welfare_posting (id, book_id, year, number, kind, summary, posted_on, posted_at, offline_approval,
    source_key, entry_count, total, previous_hash, hash)
SELECT n, (SELECT min(id) FROM welfare_book), 2022 + n % 2, n, CASE WHEN n % 10 = 0 THEN 'purchase' ELSE 'round' END,
    'bench', '2023-01-01', now(), 'bench', 'bench' || n, 1, 1, '', '' FROM generate_series(1, 1000) n
"""
ENTRIES = """
INSERT INTO welfare_ledgerentry (posting_id, line, subject_kind, subject_id, account_id, fund_id, amount, occurred_on)
SELECT 1 + g.id % 1000, row_number() OVER (), 'grant', g.id, a.ids[1 + g.benefit_id % array_length(a.ids, 1)],
    (SELECT min(id) FROM welfare_fund), g.amount, g.granted_on
FROM welfare_grant g,
    (SELECT array_agg(id) AS ids FROM welfare_ledgeraccount WHERE kind = 'expense' AND length(code) = 5) a
"""
AGGREGATE = """
SELECT account_id, extract(year FROM occurred_on), sum(amount), count(*), count(DISTINCT subject_id)
FROM welfare_ledgerentry GROUP BY 1, 2
"""
JOINED = """
SELECT g.benefit_id, extract(year FROM e.occurred_on), sum(e.amount), count(*), count(DISTINCT g.person_id)
FROM welfare_ledgerentry e JOIN welfare_grant g ON g.id = e.subject_id AND e.subject_kind = 'grant' GROUP BY 1, 2
"""


def measure(*, quick: bool = False) -> None:
    """Fill the ledger, measure by turns, print the table, the number of queries and the ratios."""
    entries = fill(people=125 if quick else 12_500)
    lines = OutlineLine.objects.filter(chapter__outline=Outline.objects.get(code="summary"))
    requests = [FigureRequest(line.key, tuple(line.kinds), YEAR, line.label) for line in lines]
    more = [FigureRequest(kind, (kind,), YEAR) for kind in figures.kinds()]
    queries = [_queries(requests), _queries(more)]
    times: dict[str, list[Spent]] = defaultdict(list)
    for _run in range(2 if quick else RUNS):
        times["one aggregate of the entries"].append(spent(lambda: _execute(AGGREGATE)))
        times["one aggregate of entries and grants"].append(spent(lambda: _execute(JOINED)))
        times["figures of the year and the year before"].append(spent(lambda: figures.count(requests)))
    medians = table(f"Figures on {entries:,} ledger entries and as many grants, {len(requests)} lines", times)
    print(f"  queries for {len(requests)} lines: {queries[0]}, for all {len(more)} kinds there are: {queries[1]}")
    ours = medians["figures of the year and the year before"]
    ratio("figures / aggregate of the entries", ours, medians["one aggregate of the entries"], most=2)
    ratio("figures / aggregate with grants", ours, medians["one aggregate of entries and grants"], most=3)


def fill(*, people: int) -> int:
    for name in UNTRIGGERED:
        _execute(f"ALTER TABLE {name} DISABLE TRIGGER USER")
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT conname FROM pg_constraint WHERE contype = 'f' AND conrelid = %s::regclass ORDER BY 1", [name]
            )
            keys = [row[0] for row in cursor.fetchall()]
        for key in keys:
            _execute(f'ALTER TABLE {name} DROP CONSTRAINT "{key}"')
    Person.objects.bulk_create(
        Person(staff_number=f"{n}", name="bench", gender="female" if n % 2 else "male", post_category="teacher")
        for n in range(people)
    )
    Membership.objects.bulk_create(
        Membership(person=person, valid_from=date(2015, 3, 1), began_by="joined") for person in Person.objects.all()
    )
    for statement in (
        """INSERT INTO welfare_occasion (code, name, year, festival, day) SELECT 'bench-' || n, 'bench ' || n,
            2022 + n % 2, (ARRAY['spring', 'mid_autumn'])[1 + n / 2], '2023-01-20' FROM generate_series(0, 3) n""",
        GRANTS,
        POSTINGS,
        ENTRIES,
    ):
        _execute(statement)
    _execute("SET max_parallel_workers_per_gather = 0")
    _execute(
        f"VACUUM ANALYZE {', '.join(UNTRIGGERED)}, members_person, members_membership, welfare_occasion"
    )  # as autovacuum does
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM welfare_ledgerentry")
        return int(cursor.fetchone()[0])


def _queries(requests: list[FigureRequest]) -> int:
    with CaptureQueriesContext(connection) as captured:
        figures.count(requests)
    return len(captured)


def _execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        if cursor.description:
            cursor.fetchall()
