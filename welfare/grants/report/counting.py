"""Counts of grants for many requests at once."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import connection

from members.totals.report import Summaries
from union_portal.base.figures import FigureRequest
from union_portal.base.periods import Period
from union_portal.base.sql import values

# The (benefit, festival) pairs that kinds stand for, each grant matched once; '' is every festival.
Chosen = Callable[[Iterable[str]], set[tuple[int, str]]]


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


# Grants that have everything in common are taken together before they meet the questions: a grant may answer several.
_SUMS = """
    WITH asked(n, benefit_id, festival, first, last, chunk, bit) AS ({asked}),
    covered(n, benefit_id, festival, first, last, measure) AS ({covered}),
    alike AS MATERIALIZED (
        SELECT benefit_id, granted_on, occasion_id, round_id, state, amount, count(*) AS times
        FROM welfare_grant
        WHERE state IN ('received', 'due', 'returned') AND granted_on BETWEEN %s AND %s
        GROUP BY granted_on, benefit_id, occasion_id, round_id, amount, state
    ),
    facts AS (
        SELECT a.n, g.*, g.state = 'received' AS arrived, r.locked_at IS NOT NULL AS locked, {contained} AS contained
        FROM alike g
        LEFT JOIN welfare_occasion o ON o.id = g.occasion_id
        LEFT JOIN welfare_round r ON r.id = g.round_id
        JOIN asked a ON a.benefit_id = g.benefit_id AND a.festival IN ('', coalesce(o.festival, ''))
             AND g.granted_on BETWEEN a.first AND a.last
        OFFSET 0
    )
    SELECT n,
           coalesce(sum(times) FILTER (WHERE arrived AND 'times' <> ALL (contained)), 0)::int,
           sum(amount * times) FILTER (WHERE arrived AND 'amount' <> ALL (contained)),
           coalesce(sum(times) FILTER (WHERE arrived AND amount IS NULL AND 'amount' <> ALL (contained)), 0)::int,
           CASE WHEN min(amount) = max(amount) THEN min(amount) END,
           min(granted_on), max(granted_on), count(DISTINCT occasion_id), bool_or(locked)
    FROM facts GROUP BY n
"""
_CONTAINED = """ARRAY(SELECT c.measure FROM covered c WHERE c.n = a.n AND c.benefit_id = g.benefit_id
    AND c.festival IN ('', o.festival) AND g.granted_on BETWEEN c.first AND c.last)"""
# Every person gets one bit per question, which costs half of sorting each question's people apart. OFFSET 0 lets the
# grants come first, so that the few questions are hashed and not the many grants.
_HEADS = """
    WITH asked(n, benefit_id, festival, first, last, chunk, bit) AS ({asked}),
    covered(n, benefit_id, festival, first, last, measure) AS ({covered}),
    questions AS (
        SELECT a.benefit_id, f.festival, a.chunk, a.bit, unnest(
                   datemultirange(daterange(a.first, a.last, '[]')) - coalesce(
                       (SELECT range_agg(daterange(c.first, c.last, '[]')) FROM covered c
                        WHERE c.measure = 'heads' AND c.n = a.n AND c.benefit_id = a.benefit_id
                              AND c.festival IN ('', f.festival)),
                       datemultirange())
               ) AS days
        FROM asked a JOIN (SELECT festival FROM welfare_occasion UNION SELECT '') f ON a.festival IN ('', f.festival)
    ),
    keys AS MATERIALIZED (
        SELECT benefit_id, festival, lower(days) AS first, upper(days) - 1 AS last, chunk, bit_or(bit) AS bits
        FROM questions GROUP BY 1, 2, 3, 4, 5
    ),
    people AS (
        SELECT g.person_id, k.chunk, bit_or(k.bits) FILTER (WHERE g.arrived) AS arrived, bit_or(k.bits) AS due
        FROM (
            SELECT g.person_id, g.benefit_id, coalesce(o.festival, '') AS festival, g.granted_on,
                   g.state = 'received' AS arrived
            FROM welfare_grant g LEFT JOIN welfare_occasion o ON o.id = g.occasion_id
            WHERE g.state IN ('received', 'due', 'returned') AND g.granted_on BETWEEN %s AND %s
            OFFSET 0
        ) g
        JOIN keys k ON k.benefit_id = g.benefit_id AND k.festival = g.festival
             AND g.granted_on BETWEEN k.first AND k.last
        GROUP BY g.person_id, k.chunk
    ),
    crowds AS (SELECT chunk, arrived, due, count(*) AS heads FROM people GROUP BY chunk, arrived, due)
    SELECT q.n, coalesce(sum(heads) FILTER (WHERE arrived & q.bit <> 0), 0)::int,
           coalesce(sum(heads) FILTER (WHERE due & q.bit <> 0), 0)::int
    FROM crowds JOIN (SELECT DISTINCT n, chunk, bit FROM asked) q ON q.chunk = crowds.chunk
    GROUP BY q.n
"""
_BITS = 63


def count_grants(requests: Sequence[FigureRequest], chosen: Chosen, summaries: Summaries) -> dict[int, Counted]:
    """Count the grants of each request by the day they concern, in two queries that read every grant once each.

    `heads`, `times` and `amount` count what was received; `due` also what was approved and has not arrived.
    """
    benefits = {number: sorted(chosen(request.kinds)) for number, request in enumerate(requests)}
    places = _places({number: request.period for number, request in enumerate(requests) if benefits[number]})
    asked, parameters = values(
        [
            (number, benefit, festival, requests[number].period.start, requests[number].period.end, *place)
            for number, place in places.items()
            for benefit, festival in benefits[number]
        ],
        types=["int", "bigint", "text", "date", "date", "int", "bigint"],
    )
    if not places:
        return {}
    covered, more = values(
        [
            (row.request, benefit, festival, row.start, row.end, row.measure)
            for row in summaries.covered()
            for benefit, festival in sorted(chosen([row.kind]))
        ],
        types=["int", "bigint", "text", "date", "date", "text"],
    )
    days = [min(request.period.start for request in requests), max(request.period.end for request in requests)]
    contained = _CONTAINED if more else "'{}'::text[]"
    with connection.cursor() as cursor:
        cursor.execute(_HEADS.format(asked=asked, covered=covered), [*parameters, *more, *days])
        heads = {number: found for number, *found in cursor.fetchall()}
        cursor.execute(_SUMS.format(asked=asked, covered=covered, contained=contained), [*parameters, *more, *days])
        return {
            number: Counted(arrived, times, amount, due, *others)
            for number, times, amount, *others in cursor.fetchall()
            for arrived, due in [heads.get(number, (0, 0))]
        }


def _places(periods: Mapping[int, Period]) -> dict[int, tuple[int, int]]:
    """Return each request's chunk and bit; a chunk holds requests of one period, as many as a bigint has bits."""
    found: dict[int, tuple[int, int]] = {}
    filled: dict[Period, tuple[int, int]] = {}
    chunks = 0
    for number, period in periods.items():
        chunk, used = filled.get(period, (0, _BITS))
        if used == _BITS:
            chunk, used, chunks = chunks, 0, chunks + 1
        found[number] = (chunk, 1 << used)
        filled[period] = (chunk, used + 1)
    return found


def members_on(days: Sequence[tuple[int, date, str]]) -> dict[int, int]:
    """Count the active members on each (request, day, gender or ''), in one query that asks for each day once."""
    asked, parameters = values(sorted({(day, gender) for _number, day, gender in days}), types=["date", "text"])
    sql = f"""
        WITH asked(day, gender) AS ({asked})
        SELECT a.day, a.gender, count(DISTINCT m.person_id)
        FROM asked a JOIN members_membership m ON m.state = 'active' AND m.valid_from <= a.day
             AND (m.valid_to IS NULL OR m.valid_to >= a.day)
        JOIN members_person p ON p.id = m.person_id AND (a.gender = '' OR p.gender = a.gender)
        GROUP BY 1, 2
    """  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        found = {(day, gender): heads for day, gender, heads in cursor.fetchall()}
    return {number: found[day, gender] for number, day, gender in days if (day, gender) in found}
