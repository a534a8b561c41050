"""Counting records that can be judged alike: a report's questions about a million of them in one query.

Records alike in the paths that their kinds name (`Kind.alike`) make a cell. One record of each cell tells which kinds
it belongs to; then cells meet the questions instead of records. Days are told apart only where a question begins or
ends, so that a million records come to a few hundred groups, which fit the processor's cache; each group keeps its
people. Every person gets one bit per question, which costs half of sorting each question's people apart.
"""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import F

from union_portal.base.figures.cells import bounds, is_number, named, records, slots
from union_portal.base.figures.kind import Catalogue, Counted, Kind
from union_portal.base.periods import Period
from union_portal.base.sql import planned, values

_BITS = 63
Fits = list[tuple[Kind, str]]


@dataclass(frozen=True)
class Pool:
    """The requests about one set of records, by number."""

    first: Kind
    heads: str
    fits: dict[int, Fits]


def pools(fits: Mapping[int, Fits]) -> tuple[list[Pool], list[int]]:
    """Return the requests that ask about one set of records judged alike, and the numbers of all others."""
    found: dict[tuple[object, ...], Pool] = {}
    others = []
    for number, own in fits.items():
        kind = own[0][0] if own else None
        if kind is None or len({(*_same(one), one.once, one.heads) for one, _part in own}) > 1 or not _fast(kind):
            others.append(number)
            continue
        pool = found.get(_same(kind))
        if pool is None or not pool.heads:
            pool = found[_same(kind)] = Pool(kind, kind.heads, pool.fits if pool else {})
        if kind.heads in ("", pool.heads):
            pool.fits[number] = own
        else:
            others.append(number)
    return list(found.values()), others


def _same(kind: Kind) -> tuple[object, ...]:
    return (id(kind.records), kind.day, kind.until, kind.amount, kind.alike, kind.noted, bool(kind.beside))


def _fast(kind: Kind) -> bool:
    known = kind.once in ("pk", *kind.alike) and set(kind.noted) <= set(kind.alike)
    return bool(kind.alike) and known and not kind.beside


def at_once(requests: Iterable[Fits]) -> AbstractContextManager[None]:
    """Let the database plan for many records at once, where any of the requests is about events judged alike.

    Merging and grouping in order sort a million records on the disk where a hash of some thousand people finds them.
    What stands on a day is no more than there are people.
    """
    if any(kind.alike and not kind.as_of for fits in requests for kind, _part in fits):
        return planned(enable_mergejoin="off", enable_sort="off", work_mem="32MB")
    return nullcontext()


def count_alike(
    catalogue: Catalogue, found: Sequence[Pool], periods: Mapping[int, Period], covered: Sequence[Any]
) -> dict[int, Counted]:
    """Count the requests of each pool in one query; leave out what a counted total already contains."""
    counted: dict[int, Counted] = {}
    for pool in found:
        counted |= _count(catalogue, pool, periods, [row for row in covered if row.request in pool.fits])
    return counted


def _count(
    catalogue: Catalogue, pool: Pool, periods: Mapping[int, Period], covered: Sequence[Any]
) -> dict[int, Counted]:
    first = pool.first
    told = [(row, *catalogue.find(row.kind)) for row in covered]
    totals = [(row, kind, part) for row, kind, part in told if isinstance(kind, Kind) and _same(kind) == _same(first)]
    names: dict[tuple[str, str], int] = {}
    kinds = {kind.key: kind for own in pool.fits.values() for kind, _part in own}
    kinds |= {kind.key: kind for _row, kind, _part in totals}
    places = _places({number: periods[number] for number, own in pool.fits.items() if own[0][0].heads})
    spans = {
        number: (one.end if first.as_of else one.start, one.end)
        for number, one in periods.items()
        if number in pool.fits
    }
    limits = bounds([*spans.values(), *((row.start, row.end) for row, _kind, _part in totals)])
    asked, parameters = values(
        [
            (
                number,
                names.setdefault((kind.key, part), len(names)),
                *slots(limits, *spans[number]),
                *places.get(number, (-1, 0)),
            )
            for number, own in pool.fits.items()
            for kind, part in own
        ],
        types=["int", "int", "int", "int", "int", "bigint"],
    )
    left_out, more = values(
        [
            (
                row.request,
                names.setdefault((kind.key, part), len(names)),
                *((0, len(limits)) if first.as_of else slots(limits, row.start, row.end)),
                row.measure,
            )
            for row, kind, part in totals
        ],
        types=["int", "int", "int", "int", "text"],
    )
    try:
        alike, alike_parameters = records(
            first,
            limits,
            (min(start for start, _end in spans.values()), max(end for _start, end in spans.values())),
            pk=F("pk"),
            amount=F(first.amount) if first.amount else None,
            person=F(pool.heads) if pool.heads else None,
        )
    except EmptyResultSet:
        return {}
    within, within_parameters = named(kinds, names)
    onces = sorted({own[0][0].once for own in pool.fits.values()} - {"pk"})
    sql = _sums(pool, onces, asked=asked, covered=left_out, alike=alike, named=within, contained=bool(more))
    with connection.cursor() as cursor:
        cursor.execute(sql, [*parameters, *more, *alike_parameters, *within_parameters])
        answers = {}
        for heads, number, times, *told in cursor.fetchall():
            once, found = pool.fits[number][0][0].once, dict(zip(onces, told, strict=False))
            things = tuple(found.get(once) or ())
            *sums, noted = told[len(onces) :]
            counted = Counted(len(things) if once in found else times, heads, *sums)
            answers[number] = replace(counted, noted=tuple(map(tuple, noted or ())), things=things)
    return answers


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


def _sums(
    pool: Pool, onces: Sequence[str], *, asked: str, covered: str, alike: str, named: str, contained: bool
) -> str:
    """Return the SQL that counts cells by slot and amount; records alike in those too are taken together first."""
    kind = pool.first
    width = range(len(kind.alike))
    cell = ", ".join(f"b{place}" for place in width)
    ends = ("since", "until") if kind.as_of else ("since",)
    told = ", ".join(f"portal_{name} AS {name}" for name in (*(f"b{place}" for place in width), *ends))

    def meets(span: str) -> str:
        return f"g.since <= {span}.last AND g.{ends[-1]} >= {span}.first"

    inside = f"""ARRAY(SELECT c.measure FROM contained c
        WHERE c.n = q.n AND {_equal("c", "g", width)} AND {meets("c")})"""  # noqa: S608
    nothing = {place: "0" if is_number(kind, path) else "''" for place, path in enumerate(kind.alike)}
    things = "".join(
        f" array_agg(DISTINCT b{place}) FILTER (WHERE b{place} <> {nothing[place]} AND 'times' <> ALL (inside)),"
        for place in (kind.alike.index(once) for once in onces)
    )
    places = [kind.alike.index(path) for path in kind.noted]
    noted = ", ".join(f"nullif(b{place}, {nothing[place]})::text" for place in places)
    return f"""
        WITH asked(n, kind, first, last, chunk, bit) AS ({asked}),
        covered(n, kind, first, last, measure) AS ({covered}),
        alike AS MATERIALIZED (
            SELECT {told}, portal_amount::numeric AS amount, count(*) AS times, min(portal_pk) AS pk,
                   min(portal_day) AS first_day, max(portal_day) AS last_day,
                   {"array_agg(portal_person)" if pool.heads else "NULL::bigint[]"} AS people
            FROM ({alike}) t GROUP BY {cell}, {", ".join(ends)}, portal_amount
        ),
        cells AS MATERIALIZED (SELECT {cell}, min(pk) AS pk FROM alike GROUP BY {cell}),
        named(kind, pk) AS MATERIALIZED ({named}),
        questions AS MATERIALIZED (
            SELECT DISTINCT n, first, last, chunk, bit, {cell} FROM asked JOIN named USING (kind) JOIN cells USING (pk)
        ),
        contained AS MATERIALIZED (
            SELECT DISTINCT n, first, last, measure, {cell} FROM covered JOIN named USING (kind) JOIN cells USING (pk)
        ),
        facts AS MATERIALIZED (
            SELECT q.n, q.chunk, q.bit, {", ".join(f"g.b{place}" for place in width)}, g.pk, g.amount, g.times,
                   g.first_day, g.last_day, {inside if contained else "'{}'::text[]"} AS inside
            FROM alike g JOIN questions q ON {_equal("q", "g", width)} AND {meets("q")}
        ),
        sums AS (
            SELECT n, coalesce(sum(times) FILTER (WHERE 'times' <> ALL (inside)), 0)::bigint AS times, {things}
                   sum(amount * times) FILTER (WHERE 'amount' <> ALL (inside)) AS amount,
                   coalesce(sum(times) FILTER (WHERE amount IS NULL AND 'amount' <> ALL (inside)), 0)::bigint,
                   CASE WHEN min(amount) = max(amount) THEN min(amount) END, min(first_day), max(last_day),
                   {f"array_agg(DISTINCT ARRAY[{noted}])" if noted else "NULL::text[]"}
            FROM facts GROUP BY n
        ),
        people AS (
            SELECT person, chunk, bit_or(bits) AS bits
            FROM (
                SELECT f.chunk, f.bits, unnest(g.people) AS person
                FROM (
                    SELECT pk, chunk, bit_or(bit) AS bits FROM facts
                    WHERE bit <> 0 AND 'heads' <> ALL (inside) GROUP BY pk, chunk
                ) f JOIN alike g USING (pk)
            ) each WHERE person IS NOT NULL GROUP BY person, chunk
        ),
        crowds AS (SELECT chunk, bits, count(*) AS heads FROM people GROUP BY chunk, bits),
        heads AS (
            SELECT q.n, sum(heads)::bigint AS heads
            FROM crowds JOIN (SELECT DISTINCT n, chunk, bit FROM asked WHERE bit <> 0) q ON q.chunk = crowds.chunk
            WHERE crowds.bits & q.bit <> 0 GROUP BY q.n
        )
        SELECT coalesce(heads, 0), sums.* FROM sums LEFT JOIN heads USING (n)
    """  # noqa: S608 -- Django's own SQL and fixed text are put together, every value is a parameter


def _equal(left: str, right: str, width: range) -> str:
    return " AND ".join(f"{left}.b{place} = {right}.b{place}" for place in width)
