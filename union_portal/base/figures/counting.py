"""Counting kinds: one query for all requests of a source, however many there are of kinds, requests and records.

Django compiles each kind's queryset; the database takes them together as facts (kind, part, day, record, what counts as
one, person, yuan) and counts for each request what its kinds tell, each record, thing and person once. Requests whose
kinds promise that their records can be judged alike go another way (`alike.py`).
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import BooleanField, DateField, DecimalField, ExpressionWrapper, F, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast

from union_portal.base.figures import FigureRequest, Item
from union_portal.base.figures.alike import count_alike, pools
from union_portal.base.figures.kind import Catalogue, Counted, Kind, day_of
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
Things = tuple[list[Item], list[Item]]


def within(kind: Kind, start: dt.date, end: dt.date) -> "QuerySet[Any]":
    """Return the kind's records of the days, or that stand on the last of them."""
    days: QuerySet[Any] = kind.records.filter(kind.condition).annotate(portal_day=day_of(kind, kind.day))
    if not kind.as_of:
        return days.filter(portal_day__range=(start, end))
    days = days.annotate(portal_until=day_of(kind, kind.until))
    return days.filter(
        Q(portal_day__isnull=True) | Q(portal_day__lte=end), Q(portal_until__isnull=True) | Q(portal_until__gte=start)
    )


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
            SELECT a.n, f.family, f.pk, f.item, f.person, f.amount, min(f.day) AS day, bool_or(f.noted) AS noted,
                   bool_or(coalesce(c.measure = 'times', false)) AS no_times,
                   bool_or(coalesce(c.measure = 'heads', false)) AS no_heads,
                   bool_or(coalesce(c.measure = 'amount', false)) AS no_amount
            FROM asked a JOIN facts f ON {_MEETS}
            LEFT JOIN contained c ON c.n = a.n AND c.family = f.family AND c.pk = f.pk
            GROUP BY a.n, f.family, f.pk, f.item, f.person, f.amount
        )
        SELECT n, count(DISTINCT (family, item)) FILTER (WHERE item IS NOT NULL AND NOT no_times),
               count(DISTINCT person) FILTER (WHERE NOT no_heads),
               sum(amount) FILTER (WHERE NOT no_amount),
               count(DISTINCT (family, item)) FILTER (WHERE item IS NOT NULL AND amount IS NULL AND NOT no_amount),
               CASE WHEN min(amount) = max(amount) THEN min(amount) END, min(day), max(day), bool_or(noted)
        FROM hits GROUP BY n
    """  # noqa: S608 -- Django's own SQL and fixed text are put together, every value is a parameter
    with connection.cursor() as cursor:
        cursor.execute(sql, [*first, *second, *parameters])
        return {number: Counted(*found) for number, *found in cursor.fetchall()}


def list_things(catalogue: Catalogue, requests: Sequence[FigureRequest]) -> dict[int, Things]:
    """Return what each request that is a list too is made of, in the order of the days, and its three largest parts.

    One query, none where no kind among them has titles or sorts.
    """
    fits = {number: catalogue.together(request.kinds)[0] for number, request in enumerate(requests)}
    fits = {number: own for number, own in fits.items() if any(kind.title or kind.sort for kind, _part in own)}
    asked, spans = _asked(fits, requests)
    facts, parameters = _facts(catalogue, spans) if fits else ([], [])
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


def _facts(catalogue: Catalogue, spans: dict[str, list[dt.date]]) -> tuple[list[str], list[Any]]:
    """Return the SELECTs of the asked kinds' facts with their parameters."""
    facts: list[str] = []
    parameters: list[Any] = []
    for key, days in spans.items():
        kind = catalogue.kinds[key]
        own = (kind, *kind.beside) if isinstance(kind, Kind) else ()
        for one in own:
            for told in _told(one, within(one, min(days), max(days))):
                try:
                    sql, its = told.query.sql_with_params()
                except EmptyResultSet:
                    continue
                facts.append(
                    "SELECT %s::text, %s::boolean, t.portal_part, t.portal_day, t.portal_until::date,"  # noqa: S608
                    f" %s::text {_BYTES}, t.portal_pk {_BYTES}, t.portal_item::text {_BYTES},"
                    f" t.portal_person::text {_BYTES}, t.portal_amount::numeric,"
                    f" t.portal_noted, t.portal_title, t.portal_sort FROM ({sql}) t"
                )
                parameters += [key, one.as_of, f"{one.records.model._meta.label}.{one.once}", *its]  # noqa: SLF001
    return facts, parameters


def _told(kind: Kind, records: "QuerySet[Any]") -> Iterator["QuerySet[Any]"]:
    """Yield what is told of the records: the things and yuan, and apart from them the people, who may be many."""
    nothing = Value(None, output_field=TextField())
    money = DecimalField(max_digits=20, decimal_places=2)
    amount = kind.amount or kind.adds
    columns: dict[str, Any] = {
        "portal_until": F("portal_until") if kind.as_of else Value(None, output_field=DateField()),
        "portal_part": Cast(F(kind.part), TextField()) if kind.part else Value("", output_field=TextField()),
        "portal_pk": Cast(F("pk"), TextField()),
        "portal_item": Cast(F(kind.once), TextField()),
        "portal_person": nothing,
        "portal_amount": Cast(F(amount), money) if amount else Value(None, output_field=money),
        "portal_noted": has(kind.noted),
        "portal_title": Cast(F(kind.title), TextField()) if kind.title else nothing,
        "portal_sort": Cast(F(kind.sort), TextField()) if kind.sort else nothing,
    }
    if kind.as_of:
        del columns["portal_until"]
    names = ("portal_day", "portal_until", *list(columns)[-8:])
    yield records.order_by().annotate(**columns).values(*names)
    if kind.heads:
        people = {**columns, "portal_item": nothing, "portal_person": Cast(F(kind.heads), TextField())}
        people["portal_amount"] = Value(None, output_field=money)
        yield records.order_by().filter(**{f"{kind.heads}__isnull": False}).annotate(**people).values(*names)


def has(path: str) -> Any:
    """Return whether a record has what the path leads to."""
    return ExpressionWrapper(Q(**{f"{path}__isnull": False}), BooleanField()) if path else Value(False)


def _split(catalogue: Catalogue, key: str) -> tuple[Any, str]:
    kind, part = catalogue.find(key)
    return kind, part
