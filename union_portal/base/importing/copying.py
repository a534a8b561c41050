"""Set-based writes: COPY for new rows, one UPDATE for changed ones.

Django's executemany is of no use here: inside a pghistory context it fails, and it goes row by row.
"""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, models
from django.db.models import Field
from psycopg.types.json import Json, Jsonb

Fields = Sequence["Field[Any, Any]"]


def reserve_keys(model: type[models.Model], count: int) -> list[int]:
    """Draw that many primary keys from the model's own sequence."""
    meta = model._meta  # noqa: SLF001
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(drawn.sequence) FROM generate_series(1, %s),"
            " (SELECT pg_get_serial_sequence(%s, %s)::regclass AS sequence OFFSET 0) drawn",
            [count, connection.ops.quote_name(meta.db_table), str(meta.pk.column)],
        )
        return [row[0] for row in cursor.fetchall()]


def copy_rows(model: type[models.Model], fields: Fields, rows: Iterable[Sequence[Any]]) -> None:
    """COPY rows of stored values straight into the model's table; triggers fire, a refused row is named by its line."""
    table = connection.ops.quote_name(model._meta.db_table)  # noqa: SLF001
    with connection.cursor() as cursor:
        # A plain statement first: it carries pghistory's context into the transaction, which COPY cannot.
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        _copy(cursor, table, _names(fields), rows)


def update_rows(model: type[models.Model], fields: Fields, rows: Iterable[Sequence[Any]]) -> None:
    """Update by primary key; each row is (primary key, *stored values of the fields).

    The rows travel as one parameter: the runtime role makes no tables, temporary ones neither.
    """
    meta = model._meta  # noqa: SLF001
    quote = connection.ops.quote_name
    table, key, names = quote(meta.db_table), quote(str(meta.pk.column)), _names(fields)
    columns = [str(meta.pk.column), *(str(field.column) for field in fields)]
    fresh = json.dumps([dict(zip(columns, row, strict=True)) for row in rows], default=_plain)
    assignments = ", ".join(f"{name} = fresh.{name}" for name in names)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        cursor.execute(
            f"UPDATE {table} SET {assignments} FROM json_populate_recordset(NULL::{table}, %s) fresh"  # noqa: S608
            f" WHERE {table}.{key} = fresh.{key}",
            [fresh],
        )


def settle_constraints() -> None:
    """Make the database judge deferred constraints now, while a refusal can still be explained."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def fetch_rows(
    model: type[models.Model], fields: Fields, *, keys: Fields, values: Sequence[Sequence[Any]], lock: bool = False
) -> list[tuple[Any, ...]]:
    """Return (primary key, *stored values of the fields) of the rows whose key fields hold one of the value tuples.

    Values come as stored, so that encrypted ones are not decrypted; a link that leads nowhere is known by "". `lock`
    keeps the rows for this transaction.
    """
    if not values:
        return []
    meta = model._meta  # noqa: SLF001
    quote = connection.ops.quote_name
    names = ", ".join([f"t.{quote(str(meta.pk.column))}", *(f"t.{name}" for name in _names(fields))])
    # No key is 0: it stands for a link that leads nowhere, which equals nothing by itself.
    loose = [place for place, field in enumerate(keys) if field.is_relation and field.null]
    named = [f"COALESCE(t.{name}, 0)" if place in loose else f"t.{name}" for place, name in enumerate(_names(keys))]
    columns = ", ".join(named)
    arrays = ", ".join(f"%s::{_plain_type(field)}[]" for field in keys)
    sql = (
        f"SELECT {names} FROM {quote(meta.db_table)} t "  # noqa: S608
        f"WHERE ({columns}) IN (SELECT * FROM unnest({arrays})){' FOR UPDATE OF t' if lock else ''}"
    )
    with connection.cursor() as cursor:
        asked = [list(column) for column in zip(*values, strict=True)]
        for place in loose:
            asked[place] = [value or 0 for value in asked[place]]
        cursor.execute(sql, asked)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def _copy(cursor: Any, table: str, names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    # Django wraps no error of a COPY by itself: one that lost the database must look as any other does.
    with connection.wrap_database_errors, cursor.copy(f"COPY {table} ({', '.join(names)}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def _plain(value: Any) -> Any:
    """Return what stands for a stored value in JSON: days, amounts and keys as their text."""
    return value.obj if isinstance(value, Json | Jsonb) else str(value)


def _names(fields: Fields) -> list[str]:
    return [connection.ops.quote_name(str(field.column)) for field in fields]


def _plain_type(field: "Field[Any, Any]") -> str:
    """Return the field's column type without its length, which a cast would silently cut to."""
    kind = field.rel_db_type(connection) if field.is_relation else field.db_type(connection)
    return str(kind).split("(", maxsplit=1)[0]
