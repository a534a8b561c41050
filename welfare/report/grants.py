"""Counts of grants and covers for many requests at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import connection

from members.report.summaries import Summaries
from union_portal.base.figures import FigureRequest
from union_portal.base.sql import values
from welfare.report.vocabulary import Vocabulary


@dataclass(frozen=True)
class Counted:
    """What one request came to: people and times that arrived, their worth, and how many were due."""

    heads: int = 0
    times: int = 0
    amount: Decimal | None = None
    due: int = 0
    unpriced: int = 0
    unit_price: Decimal | None = None
    first: date | None = None
    last: date | None = None
    occasions: int = 0
    locked: bool = False


def count_grants(requests: Sequence[FigureRequest], vocabulary: Vocabulary, summaries: Summaries) -> dict[int, Counted]:
    """Count the grants of each request by the day they concern, in one query.

    `heads`, `times` and `amount` count what was received; `due` also what was approved and has not arrived.
    """
    asked, parameters = values(
        [
            (number, benefit, festival, request.period.start, request.period.end)
            for number, request in enumerate(requests)
            for benefit, festival in sorted(vocabulary.benefits_of(request.kinds))
        ],
        types=["int", "bigint", "text", "date", "date"],
    )
    covered, more = values(
        [
            (row.request, benefit, festival, row.start, row.end, row.measure)
            for row in summaries.covered()
            for benefit, festival in sorted(vocabulary.benefits_of([row.kind]))
        ],
        types=["int", "bigint", "text", "date", "date", "text"],
    )
    contained = "'{}'::text[]"
    if more:
        contained = """ARRAY(SELECT c.measure FROM covered c WHERE c.n = a.n AND c.benefit_id = g.benefit_id
            AND c.festival IN ('', g.festival) AND g.granted_on BETWEEN c.first AND c.last)"""
    # Every festival asked for by name lets grants and questions meet by one hash join. OFFSET 0 keeps the planner from
    # looking rounds up grant by grant.
    sql = f"""
        WITH asked(n, benefit_id, festival, first, last) AS ({asked}),
        covered(n, benefit_id, festival, first, last, measure) AS ({covered}),
        by_festival AS MATERIALIZED (
            SELECT a.n, a.benefit_id, f.festival, a.first, a.last
            FROM asked a
            JOIN (SELECT festival FROM welfare_occasion UNION SELECT '') f ON a.festival IN ('', f.festival)
        ),
        facts AS (
            SELECT a.n, g.person_id, g.amount, g.granted_on, g.occasion_id, g.state, g.locked, {contained} AS contained
            FROM by_festival a
            JOIN (
                SELECT g.benefit_id, g.person_id, g.amount, g.granted_on, g.occasion_id, g.state,
                       coalesce(o.festival, '') AS festival, r.locked_at IS NOT NULL AS locked
                FROM welfare_grant g
                LEFT JOIN welfare_occasion o ON o.id = g.occasion_id
                LEFT JOIN welfare_round r ON r.id = g.round_id
                WHERE g.state IN ('received', 'due', 'returned')
                      AND g.granted_on BETWEEN (SELECT min(first) FROM asked) AND (SELECT max(last) FROM asked)
                OFFSET 0
            ) g ON g.benefit_id = a.benefit_id AND g.festival = a.festival AND g.granted_on BETWEEN a.first AND a.last
        )
        SELECT n,
               count(DISTINCT person_id) FILTER (WHERE state = 'received' AND 'heads' <> ALL (contained)),
               count(*) FILTER (WHERE state = 'received' AND 'times' <> ALL (contained)),
               sum(amount) FILTER (WHERE state = 'received' AND 'amount' <> ALL (contained)),
               count(DISTINCT person_id) FILTER (WHERE 'heads' <> ALL (contained)),
               count(*) FILTER (WHERE state = 'received' AND amount IS NULL AND 'amount' <> ALL (contained)),
               CASE WHEN min(amount) = max(amount) THEN min(amount) END,
               min(granted_on), max(granted_on), count(DISTINCT occasion_id), bool_or(locked)
        FROM facts GROUP BY n
    """  # noqa: S608 -- only fixed text is put together, every value is a parameter
    with connection.cursor() as cursor:
        cursor.execute(sql, [*parameters, *more])
        return {row[0]: Counted(*row[1:]) for row in cursor.fetchall()}


def count_covers(requests: Sequence[FigureRequest], vocabulary: Vocabulary, summaries: Summaries) -> dict[int, Counted]:
    """Count the covers of each request by the day they were paid, in one query."""
    asked, parameters = values(
        [
            (number, plan, request.period.start, request.period.end)
            for number, request in enumerate(requests)
            for plan in sorted(vocabulary.plans_of(request.kinds))
        ],
        types=["int", "bigint", "date", "date"],
    )
    covered, more = values(
        [
            (row.request, plan, row.start, row.end, row.measure)
            for row in summaries.covered()
            for plan in sorted(vocabulary.plans_of([row.kind]))
        ],
        types=["int", "bigint", "date", "date", "text"],
    )
    contained = (
        "EXISTS (SELECT 1 FROM covered x WHERE x.n = a.n AND x.plan_id = c.plan_id"
        " AND c.paid_on BETWEEN x.first AND x.last AND x.measure = '{measure}')"
    )
    sql = f"""
        WITH asked(n, plan_id, first, last) AS ({asked}), covered(n, plan_id, first, last, measure) AS ({covered})
        SELECT a.n,
               count(DISTINCT c.person_id) FILTER (WHERE NOT {contained.format(measure="heads")}),
               count(*) FILTER (WHERE NOT {contained.format(measure="times")}),
               sum(c.premium) FILTER (WHERE NOT {contained.format(measure="amount")}),
               0, count(*) FILTER (WHERE c.premium IS NULL),
               CASE WHEN min(c.premium) = max(c.premium) THEN min(c.premium) END,
               min(c.starts_on), max(c.starts_on), 0, false
        FROM asked a JOIN welfare_cover c ON c.plan_id = a.plan_id AND c.paid_on BETWEEN a.first AND a.last
        GROUP BY a.n
    """  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql, [*parameters, *more])
        return {row[0]: Counted(*row[1:]) for row in cursor.fetchall()}


def members_on(days: Sequence[tuple[int, date, str]]) -> dict[int, int]:
    """Count the active members on each (request, day, gender or ''), in one query."""
    asked, parameters = values(days, types=["int", "date", "text"])
    sql = f"""
        WITH asked(n, day, gender) AS ({asked})
        SELECT a.n, count(DISTINCT m.person_id)
        FROM asked a JOIN members_membership m ON m.state = 'active' AND m.valid_from <= a.day
             AND (m.valid_to IS NULL OR m.valid_to >= a.day)
        JOIN members_person p ON p.id = m.person_id AND (a.gender = '' OR p.gender = a.gender)
        GROUP BY a.n
    """  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return dict(cursor.fetchall())
