"""Pieces of SQL that set-based reads are put together from."""

from collections.abc import Sequence
from typing import Any


def values(rows: Sequence[tuple[object, ...]], *, types: Sequence[str]) -> tuple[str, list[Any]]:
    """Return a SQL table of the rows and its parameters; an empty one has the right columns and no row."""
    if not rows:
        return "SELECT " + ", ".join(f"NULL::{kind}" for kind in types) + " WHERE false", []
    line = "(" + ", ".join(f"%s::{kind}" for kind in types) + ")"
    return "VALUES " + ", ".join([line] * len(rows)), [value for row in rows for value in row]
