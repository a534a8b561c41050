"""Counting records that can be judged alike: a report's questions about a million of them in one query.

Records alike in the paths that their kinds name (`Kind.alike`) make a cell. One record of each cell tells which kinds
it belongs to; then cells meet the questions instead of records. Every person gets one bit per question, which costs
half of sorting each question's people apart.
"""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import BigIntegerField, F, IntegerField, Q, TextField, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast, Coalesce

from union_portal.base.figures.kind import Catalogue, Counted, Kind, day_of, field_of
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
    return (id(kind.records), kind.day, kind.amount, kind.alike, kind.noted, bool(kind.beside))


def _fast(kind: Kind) -> bool:
    known = kind.once in ("pk", *kind.alike) and kind.noted in ("", *kind.alike)
    return bool(kind.alike) and known and not (kind.as_of or kind.beside)


def at_once(requests: Iterable[Fits]) -> AbstractContextManager[None]:
    """Let the database plan for many records at once, where any of the requests is about records judged alike.

    Merging and grouping in order sort a million records on the disk where a hash of some thousand people finds them.
    """
    if any(kind.alike for fits in requests for kind, _part in fits):
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
    first, paths = pool.first, pool.first.alike
    told = [(row, *catalogue.find(row.kind)) for row in covered]
    totals = [(row, kind, part) for row, kind, part in told if isinstance(kind, Kind) and _same(kind) == _same(first)]
    names: dict[tuple[str, str], int] = {}
    kinds = {kind.key: kind for own in pool.fits.values() for kind, _part in own}
    kinds |= {kind.key: kind for _row, kind, _part in totals}
    places = _places({number: periods[number] for number, own in pool.fits.items() if own[0][0].heads})
    asked, parameters = values(
        [
            (
                number,
                names.setdefault((kind.key, part), len(names)),
                periods[number].start,
                periods[number].end,
                *places.get(number, (-1, 0)),
            )
            for number, own in pool.fits.items()
            for kind, part in own
        ],
        types=["int", "int", "date", "date", "int", "bigint"],
    )
    left_out, more = values(
        [
            (row.request, names.setdefault((kind.key, part), len(names)), row.start, row.end, row.measure)
            for row, kind, part in totals
        ],
        types=["int", "int", "date", "date", "text"],
    )
    days = [periods[number] for number in pool.fits]
    span = (min(one.start for one in days), max(one.end for one in days))
    try:
        alike, alike_parameters = _records(first, span, pk=F("pk"), amount=F(first.amount) if first.amount else None)
    except EmptyResultSet:
        return {}
    named, named_parameters = _named(kinds, names)
    onces = sorted({own[0][0].once for own in pool.fits.values()} - {"pk"})
    sql = _sums(first, onces, asked=asked, covered=left_out, alike=alike, named=named, contained=bool(more))
    parameters = [*parameters, *more, *alike_parameters, *named_parameters]
    if places:
        people, people_parameters = _records(first, span, person=F(pool.heads))
        sql += _heads(len(paths), people)
        parameters += people_parameters
    else:
        sql += "SELECT sums.*, 0 AS heads FROM sums"
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        answers = {}
        for number, times, *told, heads in cursor.fetchall():
            once, found = pool.fits[number][0][0].once, dict(zip(onces, told, strict=False))
            things = tuple(found.get(once) or ())
            counted = Counted(len(things) if once in found else times, heads, *told[len(onces) :])
            answers[number] = replace(counted, things=things)
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


def _records(kind: Kind, span: tuple[Any, Any], **told: Any) -> tuple[str, Any]:
    """Return the records of the days with their cell and what is told of them, as SQL and its parameters."""
    cells = {f"portal_b{place}": _cell(kind, path) for place, path in enumerate(kind.alike)}
    columns = {f"portal_{name}": Value(None, BigIntegerField()) if of is None else of for name, of in told.items()}
    days = kind.records.annotate(portal_day=day_of(kind, kind.day)).filter(portal_day__range=span)
    found: Any = days.order_by().annotate(**cells, **columns).values(*cells, "portal_day", *columns)
    return found.query.sql_with_params()  # type: ignore[no-any-return]


def _cell(kind: Kind, path: str) -> Any:
    """Return a path's value, never null, so that cells can be joined by equality."""
    if _is_number(kind, path):
        return Coalesce(F(path), Value(0), output_field=BigIntegerField())
    return Coalesce(Cast(F(path), TextField()), Value(""), output_field=TextField())


def _is_number(kind: Kind, path: str) -> bool:
    final = field_of(kind.records, path)
    return isinstance(final.target_field if final.is_relation else final, IntegerField)


def _named(kinds: Mapping[str, Kind], names: Mapping[tuple[str, str], int]) -> tuple[str, list[Any]]:
    """Return which cells each kind or part is made of, found by the one record that stands for the cell."""
    parts: list[str] = ["SELECT NULL::int, NULL::bigint WHERE false"]
    parameters: list[Any] = []
    for (key, part), number in names.items():
        kind = kinds[key]
        if part and not kind.part:
            continue
        chosen = kind.condition & Q(**{kind.part: part}) if part else kind.condition
        records = kind.records.filter(chosen, pk__in=RawSQL("SELECT pk FROM cells", ()))
        try:
            sql, own = records.order_by().values("pk").query.sql_with_params()
        except EmptyResultSet:
            continue
        parts.append(f"SELECT %s::int, t.* FROM ({sql}) t")  # noqa: S608 -- Django's own SQL
        parameters += [number, *own]
    return " UNION ALL ".join(parts), parameters


def _sums(
    kind: Kind, onces: Sequence[str], *, asked: str, covered: str, alike: str, named: str, contained: bool
) -> str:
    """Return the SQL that counts cells by day and amount; records alike in those too are taken together first."""
    width = range(len(kind.alike))
    cell = ", ".join(f"b{place}" for place in width)
    portal_cell = ", ".join(f"portal_b{place} AS b{place}" for place in width)
    inside = f"""ARRAY(SELECT c.measure FROM contained c
        WHERE c.n = q.n AND {_equal("c", "g", width)} AND g.day BETWEEN c.first AND c.last)"""  # noqa: S608
    nothing = {place: "0" if _is_number(kind, path) else "''" for place, path in enumerate(kind.alike)}
    things = "".join(
        f" array_agg(DISTINCT b{place}) FILTER (WHERE b{place} <> {nothing[place]} AND 'times' <> ALL (inside)),"
        for place in (kind.alike.index(once) for once in onces)
    )
    place = kind.alike.index(kind.noted) if kind.noted else -1
    noted = f"bool_or(b{place} <> {nothing[place]})" if kind.noted else "false"
    return f"""
        WITH asked(n, kind, first, last, chunk, bit) AS ({asked}),
        covered(n, kind, first, last, measure) AS ({covered}),
        alike AS MATERIALIZED (
            SELECT {portal_cell}, portal_day AS day, portal_amount::numeric AS amount, count(*) AS times,
                   min(portal_pk) AS pk
            FROM ({alike}) t GROUP BY {cell}, portal_day, portal_amount
        ),
        cells AS MATERIALIZED (SELECT {cell}, min(pk) AS pk FROM alike GROUP BY {cell}),
        named(kind, pk) AS MATERIALIZED ({named}),
        questions AS MATERIALIZED (
            SELECT DISTINCT n, first, last, chunk, bit, {cell} FROM asked JOIN named USING (kind) JOIN cells USING (pk)
        ),
        contained AS MATERIALIZED (
            SELECT DISTINCT n, first, last, measure, {cell} FROM covered JOIN named USING (kind) JOIN cells USING (pk)
        ),
        facts AS (
            SELECT q.n, g.*, {inside if contained else "'{}'::text[]"} AS inside
            FROM alike g JOIN questions q ON {_equal("q", "g", width)} AND g.day BETWEEN q.first AND q.last
            OFFSET 0
        ),
        sums AS (
            SELECT n, coalesce(sum(times) FILTER (WHERE 'times' <> ALL (inside)), 0)::bigint AS times, {things}
                   sum(amount * times) FILTER (WHERE 'amount' <> ALL (inside)) AS amount,
                   coalesce(sum(times) FILTER (WHERE amount IS NULL AND 'amount' <> ALL (inside)), 0)::bigint,
                   CASE WHEN min(amount) = max(amount) THEN min(amount) END, min(day), max(day), {noted}
            FROM facts GROUP BY n
        )
    """  # noqa: S608 -- Django's own SQL and fixed text are put together, every value is a parameter


def _heads(paths: int, people: str) -> str:
    """Return the SQL that counts each question's people once.

    OFFSET 0 lets the records come first, so that the few questions are hashed and not the many records.
    """
    width = range(paths)
    cell = ", ".join(f"b{place}" for place in width)
    record = ", ".join(f"portal_b{place} AS b{place}" for place in width)
    return f"""
        , days AS (
            SELECT q.chunk, q.bit, {", ".join(f"q.b{place}" for place in width)}, unnest(
                       datemultirange(daterange(q.first, q.last, '[]')) - coalesce(
                           (SELECT range_agg(daterange(c.first, c.last, '[]')) FROM contained c
                            WHERE c.measure = 'heads' AND c.n = q.n AND {_equal("c", "q", width)}),
                           datemultirange())
                   ) AS days
            FROM questions q WHERE q.bit <> 0
        ),
        keys AS MATERIALIZED (
            SELECT {cell}, lower(days) AS first, upper(days) - 1 AS last, chunk, bit_or(bit) AS bits
            FROM days GROUP BY {cell}, days, chunk
        ),
        people AS (
            SELECT f.person, k.chunk, bit_or(k.bits) AS bits
            FROM (SELECT {record}, portal_day AS day, portal_person AS person FROM ({people}) t OFFSET 0) f
            JOIN keys k ON {_equal("k", "f", width)} AND f.day BETWEEN k.first AND k.last
            WHERE f.person IS NOT NULL GROUP BY f.person, k.chunk
        ),
        crowds AS (SELECT chunk, bits, count(*) AS heads FROM people GROUP BY chunk, bits),
        heads AS (
            SELECT q.n, sum(heads)::bigint AS heads
            FROM crowds JOIN (SELECT DISTINCT n, chunk, bit FROM asked WHERE bit <> 0) q ON q.chunk = crowds.chunk
            WHERE crowds.bits & q.bit <> 0 GROUP BY q.n
        )
        SELECT sums.*, coalesce(heads, 0) FROM sums LEFT JOIN heads USING (n)
    """  # noqa: S608


def _equal(left: str, right: str, width: range) -> str:
    return " AND ".join(f"{left}.b{place} = {right}.b{place}" for place in width)
