"""Counting kinds: one query for all requests of a source, however many there are of kinds, requests and records.

Django compiles each kind's queryset; the database takes them together as facts (kind, part, day, record, what counts as
one, person, yuan) and counts for each request what its kinds tell, each record, thing and person once. Requests whose
kinds promise that their records can be judged alike go another way (`alike.py`).
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import DateField, DecimalField, F, Func, QuerySet, TextField, Value
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone

from union_portal.base.figures import FigureRequest, Item
from union_portal.base.figures.alike import count_alike, pools
from union_portal.base.figures.kind import Catalogue, Counted, Kind, day_of, leads_to_one
from union_portal.base.sql import values

# Keys as texts are told apart, never read: sorted by their bytes, not by a language.
_BYTES = 'COLLATE "C"'
_DAYS = ["int", "text", "text", "date", "date"]
_FACTS = "kind, standing, part, day, until, family, pk, item, person, amount, noted, title, sort"
# Which facts answer a question: by their day, or by whether they stand on its last.
_MEETS = """f.kind = a.kind AND a.part IN ('', f.part)
    AND CASE WHEN f.standing
        THEN coalesce(f.day, a.last) <= a.last AND coalesce(f.until, a.last) >= a.last
        ELSE f.day BETWEEN a.first AND a.last END"""
_LARGEST = 3
# Stand in a kind's compiled queries for the days it is asked about: all else of them is the same for every report.
_FROM, _TO = dt.date(1, 1, 2), dt.date(1, 1, 3)
Things = tuple[list[Item], list[Item]]


def within(kind: Kind, start: dt.date, end: dt.date) -> "QuerySet[Any]":
    """Return the kind's records of the days, or that stand on the last of them."""
    days: QuerySet[Any] = kind.records.filter(kind.condition).annotate(portal_day=day_of(kind, kind.day))
    if not kind.as_of:
        return days.filter(portal_day__range=(start, end))
    days = days.annotate(portal_until=day_of(kind, kind.until))
    # Each day is asked once: it may be found by a query of its own.
    since, until = Coalesce("portal_day", Value(dt.date.min)), Coalesce("portal_until", Value(dt.date.max))
    days = days.alias(portal_since=since, portal_to=until)
    return days.filter(portal_since__lte=end, portal_to__gte=start)


def count(catalogue: Catalogue, requests: Sequence[FigureRequest], covered: Sequence[Any]) -> dict[int, Counted]:
    """Count each request; leave out what a counted total (`covered`) already contains.

    One query, and one for each set of records that are judged alike.
    """
    fits = {number: catalogue.together(request.kinds)[0] for number, request in enumerate(requests)}
    covered = [row for row in covered if catalogue.known((row.kind,))]
    found, others = pools(fits)
    counted = count_alike(catalogue, found, {n: requests[n].period for n in fits}, covered) if found else {}
    if others:
        left = [row for row in covered if row.request in others]
        counted |= _count({number: fits[number] for number in others}, catalogue, requests, left)
    return counted


def _count(
    fits: dict[int, list[tuple[Kind, str]]],
    catalogue: Catalogue,
    requests: Sequence[FigureRequest],
    covered: Sequence[Any],
) -> dict[int, Counted]:
    """Count the requests by these numbers in one query."""
    asked, spans = _asked(fits, requests)
    for row in covered:
        spans[_split(catalogue, row.kind)[0].key].extend((row.start, row.end))
    facts, parameters = _facts(catalogue, spans)
    if not facts:
        return {}
    questions, first = values(asked, types=_DAYS)
    totals, second = values([_left_out(catalogue, row) for row in covered], types=[*_DAYS, "text"])
    sql = f"""
        WITH asked(n, kind, part, first, last) AS ({questions}),
        covered(n, kind, part, first, last, measure) AS ({totals}),
        facts({_FACTS}) AS ({" UNION ALL ".join(facts)}),
        contained AS (
            SELECT DISTINCT c.n, c.measure, f.family, f.pk FROM covered c JOIN facts f ON f.kind = c.kind
                AND c.part IN ('', f.part) AND (f.standing OR f.day BETWEEN c.first AND c.last)
        ),
        hits AS (
            SELECT a.n, f.family, f.pk, f.item, f.person, f.amount, min(f.day) AS day, min(f.noted) AS noted,
                   bool_or(coalesce(c.measure = 'times', false)) AS no_times,
                   bool_or(coalesce(c.measure = 'heads', false)) AS no_heads,
                   bool_or(coalesce(c.measure = 'amount', false)) AS no_amount
            FROM asked a JOIN facts f ON {_MEETS}
            LEFT JOIN contained c ON c.n = a.n AND c.family = f.family AND c.pk = f.pk
            GROUP BY a.n, f.family, f.pk, f.item, f.person, f.amount
        ),
        each AS (
            SELECT n, bool_or(NOT no_times) AS is_counted, bool_or(amount IS NULL AND NOT no_amount) AS is_unpriced
            FROM hits WHERE item IS NOT NULL GROUP BY n, family, item
        ),
        things AS (
            SELECT n, count(*) FILTER (WHERE is_counted) AS times, count(*) FILTER (WHERE is_unpriced) AS unpriced
            FROM each GROUP BY n
        ),
        heads AS (
            SELECT n, count(*) AS heads
            FROM (SELECT DISTINCT n, person FROM hits WHERE person IS NOT NULL AND NOT no_heads) people GROUP BY n
        )
        SELECT n, coalesce(things.times, 0), coalesce(heads.heads, 0), sum(amount) FILTER (WHERE NOT no_amount),
               coalesce(things.unpriced, 0), CASE WHEN min(amount) = max(amount) THEN min(amount) END, min(day),
               max(day), array_agg(DISTINCT noted) FILTER (WHERE noted IS NOT NULL)
        FROM hits LEFT JOIN things USING (n) LEFT JOIN heads USING (n)
        GROUP BY n, things.times, things.unpriced, heads.heads
    """  # noqa: S608 -- Django's own SQL and fixed text are put together, every value is a parameter
    with connection.cursor() as cursor:
        cursor.execute(sql, [*first, *second, *parameters])
        return {
            number: replace(Counted(*found), noted=tuple(map(tuple, noted or ())))
            for number, *found, noted in cursor.fetchall()
        }


def list_things(catalogue: Catalogue, requests: Sequence[FigureRequest]) -> dict[int, Things]:
    """Return what each request that is a list too is made of, in the order of the days, and its three largest parts.

    One query, none where no kind among them has titles or sorts.
    """
    fits = {number: catalogue.together(request.kinds)[0] for number, request in enumerate(requests)}
    fits = {number: [one for one in own if _is_list(one[0])] for number, own in fits.items()}
    fits = {number: own for number, own in fits.items() if own}
    asked, spans = _asked(fits, requests)
    facts, parameters = _facts(catalogue, spans, people=False) if fits else ([], [])
    if not facts:
        return {}
    questions, first = values(asked, types=_DAYS)
    sql = f"""
        WITH asked(n, kind, part, first, last) AS ({questions}),
        facts({_FACTS}) AS ({" UNION ALL ".join(facts)}),
        hits AS (
            SELECT DISTINCT a.n, f.family, f.item, f.day, f.title, f.sort
            FROM asked a JOIN facts f ON {_MEETS} WHERE f.item IS NOT NULL
        )
        SELECT n, false AS part, min(title) AS words, min(day) AS day, 1 AS times
        FROM hits WHERE title <> '' GROUP BY n, family, item
        UNION ALL
        SELECT n, true, sort, NULL, count(DISTINCT (family, item))::int FROM hits WHERE sort <> '' GROUP BY n, sort
        ORDER BY 1, day, times DESC, words
    """  # noqa: S608
    found: dict[int, Things] = {number: ([], []) for number in fits}
    with connection.cursor() as cursor:
        cursor.execute(sql, [*first, *parameters])
        for number, is_part, words, day, times in cursor.fetchall():
            items, largest = found[number]
            if not is_part:
                items.append(Item(words, day))
            elif len(largest) < _LARGEST:
                largest.append(Item(words, times=times))
    return found


def _is_list(kind: Kind) -> bool:
    return any(one.title or one.sort for one in (kind, *kind.beside))


def _asked(
    fits: dict[int, list[tuple[Kind, str]]], requests: Sequence[FigureRequest]
) -> tuple[list[tuple[object, ...]], dict[str, list[dt.date]]]:
    """Return what the requests ask for, line by line, and the days that each kind is asked about."""
    asked: list[tuple[object, ...]] = []
    spans: dict[str, list[dt.date]] = defaultdict(list)
    for number, kinds in fits.items():
        period = requests[number].period
        for kind, part in kinds:
            asked.append((number, kind.key, part, period.start, period.end))
            spans[kind.key].extend((period.end,) if kind.as_of else (period.start, period.end))
    return asked, spans


def _left_out(catalogue: Catalogue, row: Any) -> tuple[object, ...]:
    """Return a line of what a total contains; the number that a kind adds up is told where others tell yuan."""
    kind, part = _split(catalogue, row.kind)
    measure = "amount" if kind.adds and row.measure == "times" else row.measure
    return (row.request, kind.key, part, row.start, row.end, measure)


def _facts(
    catalogue: Catalogue, spans: dict[str, list[dt.date]], *, people: bool = True
) -> tuple[list[str], list[Any]]:
    """Return the SELECTs of the asked kinds' facts with their parameters; without people, those of the things alone."""
    told = [
        (key, one, min(days), max(days))
        for key, days in spans.items()
        for kind in (catalogue.kinds[key],)
        for one in ((kind, *kind.beside) if isinstance(kind, Kind) else ())
    ]
    paths: dict[str, set[str]] = defaultdict(set)
    for _key, one, _start, _end in told:
        paths[_family(one)].add(one.heads if people else "")
    facts: list[str] = []
    parameters: list[Any] = []
    for key, one, start, end in told:
        for sql, its in _compiled(one, people=people, alone=len(paths[_family(one)]) == 1):
            facts.append(
                "SELECT %s::text, %s::boolean, t.portal_part, t.portal_day, t.portal_until::date,"  # noqa: S608
                f" %s::text {_BYTES}, t.portal_pk {_BYTES}, t.portal_item::text {_BYTES},"
                f" t.portal_person::text {_BYTES}, t.portal_amount::numeric,"
                f" t.portal_noted::text[], t.portal_title, t.portal_sort FROM ({sql}) t"
            )
            parameters += [key, one.as_of, _family(one)]
            parameters += [start if value == _FROM else end if value == _TO else value for value in its]
    return facts, parameters


def _compiled(kind: Kind, *, people: bool, alone: bool) -> list[tuple[str, tuple[Any, ...]]]:
    """Return the SQL of what is told of the kind's records, with its parameters; compiled once for each kind.

    Django takes longer to put the queries of a hundred kinds together than the database to answer them.
    """
    asked = (people, alone, timezone.get_current_timezone_name())
    if asked not in kind.compiled:
        found = []
        for records in _told(kind if people else replace(kind, heads=""), within(kind, _FROM, _TO), alone=alone):
            with suppress(EmptyResultSet):
                found.append(records.query.sql_with_params())
        kind.compiled[asked] = found
    return kind.compiled[asked]


def _family(kind: Kind) -> str:
    """Return what kinds share that tell of the same things."""
    return f"{kind.records.model._meta.label}.{kind.once}"  # noqa: SLF001


def _told(kind: Kind, records: "QuerySet[Any]", *, alone: bool) -> Iterator["QuerySet[Any]"]:
    """Yield what is told of the records: the things and yuan, and the people.

    People who may be many of one thing are told apart from it, and so are they where not all kinds of a family ask for
    the same (`alone`): its yuan would be added up twice.
    """
    nothing = Value(None, output_field=TextField())
    money = DecimalField(max_digits=20, decimal_places=2)
    amount = kind.amount or kind.adds
    is_one = alone and leads_to_one(kind.records, kind.heads)
    columns: dict[str, Any] = {
        "portal_until": F("portal_until") if kind.as_of else Value(None, output_field=DateField()),
        "portal_part": _text(kind.part) if kind.part else Value("", output_field=TextField()),
        "portal_pk": _text("pk"),
        "portal_item": _text(kind.once),
        "portal_person": _text(kind.heads) if kind.heads and is_one else nothing,
        "portal_amount": Cast(F(amount), money) if amount else Value(None, output_field=money),
        "portal_noted": _noted(kind) if kind.noted else nothing,
        "portal_title": _text(kind.title) if kind.title else nothing,
        "portal_sort": _text(kind.sort) if kind.sort else nothing,
    }
    if kind.as_of:
        del columns["portal_until"]
    names = ("portal_day", "portal_until", *list(columns)[-8:])
    yield records.order_by().annotate(**columns).values(*names)
    if kind.heads and not is_one:
        people = {**columns, "portal_item": nothing, "portal_person": _text(kind.heads)}
        people["portal_amount"] = Value(None, output_field=money)
        yield records.order_by().filter(**{f"{kind.heads}__isnull": False}).annotate(**people).values(*names)


def _text(path: str) -> Cast:
    return Cast(F(path), TextField())


def _noted(kind: Kind) -> Func:
    """Return the keys that the kind notes of a record."""
    return Func(*map(_text, kind.noted), template="ARRAY[%(expressions)s]", output_field=TextField())


def _split(catalogue: Catalogue, key: str) -> tuple[Any, str]:
    kind, part = catalogue.find(key)
    return kind, part
