"""Pieces of SQL that set-based reads are put together from, and how the database is told that they are set-based."""

import json
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from django.db.models import BooleanField, Case, F, Func, Lookup, Q, TextField, Value, When
from django.db.models.functions import Concat, Trim


def values(rows: Sequence[tuple[object, ...]], *, types: Sequence[str]) -> tuple[str, list[Any]]:
    """Return a SQL table of the rows and its parameters; an empty one has the right columns and no row."""
    if not rows:
        return "SELECT " + ", ".join(f"NULL::{kind}" for kind in types) + " WHERE false", []
    line = "(" + ", ".join(f"%s::{kind}" for kind in types) + ")"
    return "VALUES " + ", ".join([line] * len(rows)), [value for row in rows for value in row]


def among(field: str, keys: Collection[int]) -> "AmongKeys":
    """Return the condition that the field is one of these keys, which go as one parameter: thousands cost more."""
    return AmongKeys(F(field), list(keys))


class AmongKeys(Lookup[Any]):
    """Whether a column is one of these keys: one array, which the database looks up without planning a join."""

    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """Write the condition."""
        column, parameters = self.process_lhs(compiler, connection)
        return f"{column} = ANY(%s::bigint[])", [*parameters, self.rhs]


def apart(condition: Q) -> Func:
    """Return the condition so written that a query inside it is asked once, by itself, and not planned as a join."""
    return Func(condition, template="(%(expressions)s) IS TRUE", output_field=BooleanField())


def in_marks(path: str) -> Case:
    """Return the title at the path in 《》; one that has such marks already stands as it was written."""
    marked = Concat(Value("《"), Trim(path), Value("》"), output_field=TextField())
    return Case(When(**{f"{path}__contains": "《"}, then=F(path)), default=marked, output_field=TextField())


def bare(path: str, pattern: str = r"[《》\s]") -> Func:
    """Return the title at the path without what the pattern means: 《办法》 and 办法 are one document."""
    told = (Value(pattern), Value(""), Value("g"))
    return Func(F(path), *told, function="regexp_replace", output_field=TextField())


@contextmanager
def planned(**settings: str) -> Iterator[None]:
    """Let the database plan with these settings for the rest of the block.

    Inside a transaction, which it opens where there is none. Afterwards the settings are what they were, also when the
    block fails: its savepoint takes them back.
    """
    names = sorted(settings)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(
                "WITH found AS MATERIALIZED"
                " (SELECT name, current_setting(name) AS before FROM unnest(%s::text[]) AS name)"
                " SELECT before, set_config(name, %s::jsonb ->> name, true) FROM found ORDER BY name",
                [names, json.dumps(settings)],
            )
            before = {name: was for name, (was, _now) in zip(names, cursor.fetchall(), strict=True)}
        yield
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config(key, value, true) FROM jsonb_each_text(%s::jsonb)", [json.dumps(before)])


@contextmanager
def set_based() -> Iterator[None]:
    """Make the database join many rows at once whatever its statistics say, for the rest of the block; see `planned`.

    Tables filled a moment ago look empty to the planner, which then meets 10,000 people one by one: minutes instead of
    a second.
    """
    with planned(enable_nestloop="off"):
        yield
