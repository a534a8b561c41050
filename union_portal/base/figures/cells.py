"""Records that can be judged alike, as SQL: the cell of each, and its slot among the days at which questions end."""

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import BigIntegerField, F, Field, Func, IntegerField, Q, TextField, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast, Coalesce

from union_portal.base.figures.kind import Kind, day_of, field_of


def bounds(spans: Iterable[tuple[dt.date, dt.date]]) -> list[dt.date]:
    """Return the days on which any of the spans begins or has just ended, in order."""
    return sorted({day for start, end in spans for day in (start, end + dt.timedelta(days=1))})


def slots(bounds: Sequence[dt.date], start: dt.date, end: dt.date) -> tuple[int, int]:
    """Return the first and the last slot of a span; a slot is the number of bounds that its days have passed."""
    return bisect_right(bounds, start), bisect_right(bounds, end)


def _slot(day: Any, bounds: Sequence[dt.date], span: tuple[dt.date, dt.date] = (dt.date.min, dt.date.max)) -> Any:
    """Return the slot of a day that lies within the span; the day is asked once: a query of its own may find it."""
    passed = bisect_right(bounds, span[0])
    inside = Value(list(bounds[passed : bisect_right(bounds, span[1])]), output_field=Field())
    place = Func(day, inside, template="width_bucket(%(expressions)s::date[])", output_field=IntegerField())
    return place + passed


def records(kind: Kind, bounds: Sequence[dt.date], span: tuple[dt.date, dt.date], **told: Any) -> tuple[str, Any]:
    """Return the records of the days with their cell and what is told of them, as SQL and its parameters.

    Of those that stand, also what ended before: few groups more, and when each ended is asked only once.
    """
    cells = {f"portal_b{place}": _cell(kind, path) for place, path in enumerate(kind.alike)}
    columns = {f"portal_{name}": Value(None, BigIntegerField()) if of is None else of for name, of in told.items()}
    day = day_of(kind, kind.day)
    days = kind.records.annotate(portal_day=day)
    if kind.as_of:
        columns["portal_since"] = _slot(Coalesce(day, Value(dt.date.min)), bounds)
        columns["portal_until"] = _slot(Coalesce(day_of(kind, kind.until), Value(dt.date.max)), bounds)
        days = days.filter(Q(portal_day__isnull=True) | Q(portal_day__lte=span[1]))
    else:
        columns["portal_since"] = _slot(day, bounds, span)
        days = days.filter(portal_day__range=span)
    found: Any = days.order_by().annotate(**cells, **columns).values(*cells, "portal_day", *columns)
    return found.query.sql_with_params()  # type: ignore[no-any-return]


def _cell(kind: Kind, path: str) -> Any:
    """Return a path's value, never null, so that cells can be joined by equality."""
    if is_number(kind, path):
        return Coalesce(F(path), Value(0), output_field=BigIntegerField())
    return Coalesce(Cast(F(path), TextField()), Value(""), output_field=TextField())


def is_number(kind: Kind, path: str) -> bool:
    final = field_of(kind.records, path)
    return isinstance(final.target_field if final.is_relation else final, IntegerField)


def named(kinds: Mapping[str, Kind], names: Mapping[tuple[str, str], int]) -> tuple[str, list[Any]]:
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
