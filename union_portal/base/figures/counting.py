"""Counting kinds: one query for all requests of a source, however many there are of kinds, requests and records.

Django compiles each kind's queryset; the database takes them together as facts (kind, part, day, record, what counts as
one, person, yuan) and counts for each request what its kinds tell, each record, thing and person once.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import DateField, DateTimeField, DecimalField, F, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, TruncDate

from union_portal.base.figures import FigureRequest
from union_portal.base.figures.kind import Catalogue, Kind, field_at
from union_portal.base.sql import values

_DAYS = ["int", "text", "text", "date", "date"]


@dataclass(frozen=True)
class Counted:
    """What the records of one request come to."""

    times: int = 0
    heads: int = 0
    amount: Decimal = Decimal("0.00")


def within(kind: Kind, start: dt.date, end: dt.date) -> "QuerySet[Any]":
    """Return the kind's records of the days, or that stand on the last of them."""
    days: QuerySet[Any] = kind.records.filter(kind.where).annotate(portal_day=day_of(kind, kind.day))
    if not kind.as_of:
        return days.filter(portal_day__range=(start, end))
    days = days.annotate(portal_until=day_of(kind, kind.until))
    return days.filter(
        Q(portal_day__isnull=True) | Q(portal_day__lte=end), Q(portal_until__isnull=True) | Q(portal_until__gte=start)
    )


def count(catalogue: Catalogue, requests: Sequence[FigureRequest], covered: Sequence[Any]) -> dict[int, Counted]:
    """Count each request; leave out what a counted total (`covered`) already contains. One query."""
    asked: list[tuple[object, ...]] = []
    spans: dict[str, list[dt.date]] = defaultdict(list)
    for number, request in enumerate(requests):
        for kind, part in catalogue.together(request.kinds)[0]:
            asked.append((number, kind.key, part, request.period.start, request.period.end))
            days = (request.period.end,) if kind.as_of else (request.period.start, request.period.end)
            spans[kind.key].extend(days)
    facts, parameters = _facts(catalogue, spans)
    if not facts:
        return {}
    questions, first = values(asked, types=_DAYS)
    totals, second = values(
        [(row.request, *_split(catalogue, row.kind), row.start, row.end, row.measure) for row in covered],
        types=[*_DAYS, "text"],
    )
    sql = f"""
        WITH asked(n, kind, part, first, last) AS ({questions}),
        covered(n, kind, part, first, last, measure) AS ({totals}),
        facts(kind, standing, part, day, until, family, pk, item, person, amount) AS ({" UNION ALL ".join(facts)}),
        hits AS (
            SELECT a.n, f.family, f.pk, f.item, f.person, f.amount,
                   bool_or(coalesce(c.measure = 'times', false)) AS no_times,
                   bool_or(coalesce(c.measure = 'heads', false)) AS no_heads,
                   bool_or(coalesce(c.measure = 'amount', false)) AS no_amount
            FROM asked a JOIN facts f ON f.kind = a.kind AND a.part IN ('', f.part)
                 AND CASE WHEN f.standing
                     THEN coalesce(f.day, a.last) <= a.last AND coalesce(f.until, a.last) >= a.last
                     ELSE f.day BETWEEN a.first AND a.last END
            LEFT JOIN covered c ON c.n = a.n AND c.kind = f.kind AND c.part IN ('', f.part)
                 AND NOT f.standing AND f.day BETWEEN c.first AND c.last
            GROUP BY a.n, f.family, f.pk, f.item, f.person, f.amount
        )
        SELECT n, count(DISTINCT (family, item)) FILTER (WHERE item IS NOT NULL AND NOT no_times),
               count(DISTINCT person) FILTER (WHERE NOT no_heads),
               coalesce(sum(amount) FILTER (WHERE NOT no_amount), 0)
        FROM hits GROUP BY n
    """  # noqa: S608 -- Django's own SQL and fixed text are put together, every value is a parameter
    with connection.cursor() as cursor:
        cursor.execute(sql, [*first, *second, *parameters])
        return {n: Counted(times, heads, Decimal(amount)) for n, times, heads, amount in cursor.fetchall()}


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
                    "SELECT %s::text, %s::boolean, t.portal_part, t.portal_day, t.portal_until::date, %s::text,"  # noqa: S608
                    f" t.portal_pk, t.portal_item::text, t.portal_person::text, t.portal_amount::numeric FROM ({sql}) t"
                )
                parameters += [key, one.as_of, f"{one.records.model._meta.label}.{one.once}", *its]  # noqa: SLF001
    return facts, parameters


def _told(kind: Kind, records: "QuerySet[Any]") -> Iterator["QuerySet[Any]"]:
    """Yield what is told of the records: the things and yuan, and apart from them the people, who may be many."""
    nothing = Value(None, output_field=TextField())
    money = DecimalField(max_digits=20, decimal_places=2)
    columns: dict[str, Any] = {
        "portal_until": F("portal_until") if kind.as_of else Value(None, output_field=DateField()),
        "portal_part": Cast(F(kind.part), TextField()) if kind.part else Value("", output_field=TextField()),
        "portal_pk": Cast(F("pk"), TextField()),
        "portal_item": Cast(F(kind.once), TextField()),
        "portal_person": nothing,
        "portal_amount": Cast(F(kind.amount), money) if kind.amount else Value(None, output_field=money),
    }
    if kind.as_of:
        del columns["portal_until"]
    names = ("portal_day", "portal_until", *list(columns)[-5:])
    yield records.order_by().annotate(**columns).values(*names)
    if kind.heads:
        people = {**columns, "portal_item": nothing, "portal_person": Cast(F(kind.heads), TextField())}
        people["portal_amount"] = Value(None, output_field=money)
        yield records.order_by().filter(**{f"{kind.heads}__isnull": False}).annotate(**people).values(*names)


def day_of(kind: Kind, path: str) -> Any:
    """Return a path's value as a day of the portal's calendar."""
    is_moment = path not in kind.records.query.annotations and isinstance(
        field_at(kind.records.model, path), DateTimeField
    )
    return TruncDate(path) if is_moment else Cast(F(path), DateField())


def _split(catalogue: Catalogue, key: str) -> tuple[str, str]:
    kind, part = catalogue.find(key)
    return kind.key, part
