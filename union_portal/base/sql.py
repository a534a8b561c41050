"""Pieces of SQL that set-based reads are put together from, and how the database is told that they are set-based."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction


def values(rows: Sequence[tuple[object, ...]], *, types: Sequence[str]) -> tuple[str, list[Any]]:
    """Return a SQL table of the rows and its parameters; an empty one has the right columns and no row."""
    if not rows:
        return "SELECT " + ", ".join(f"NULL::{kind}" for kind in types) + " WHERE false", []
    line = "(" + ", ".join(f"%s::{kind}" for kind in types) + ")"
    return "VALUES " + ", ".join([line] * len(rows)), [value for row in rows for value in row]


@contextmanager
def set_based() -> Iterator[None]:
    """Make the database join many rows at once whatever its statistics say, for the rest of the block.

    Tables filled a moment ago look empty to the planner, which then meets 10,000 people one by one: minutes instead of
    a second. Only inside a transaction. Afterwards the setting is what it was, also when the block fails: its savepoint
    takes the setting back.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(
                "WITH found AS MATERIALIZED (SELECT current_setting('enable_nestloop') AS before)"
                " SELECT before, set_config('enable_nestloop', 'off', true) FROM found"
            )
            ((before, _now),) = cursor.fetchall()
        yield
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('enable_nestloop', %s, true)", [before])
