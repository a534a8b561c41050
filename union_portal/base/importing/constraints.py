"""What the database would refuse, named by row and column: unique keys beforehand, anything else afterwards."""

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import psycopg
from django.db import DatabaseError, models
from django.db.models import Q, UniqueConstraint

from union_portal.base.importing.copying import fetch_rows
from union_portal.base.importing.fields import BoundColumn
from union_portal.base.importing.preview import Status
from union_portal.base.importing.resource import SaveRefused
from union_portal.base.importing.rows import Row

if TYPE_CHECKING:
    from django.db.models import Field

_COPY_LINE = re.compile(r"^COPY [^,]+,\D*(\d+)")
_KEY = re.compile(r"\((?P<names>[^()=]+)\)=\((?P<values>.*?)\)")
_FAILING_ROW = re.compile(r"\(([^,)]*)")


def unique_groups(model: type[models.Model]) -> Iterator[tuple[str, ...]]:
    """Yield the groups of fields that the model lets stand only once, as far as they can be told without the database.

    A condition on the group's own fields is taken to except empty values, which is what such conditions are for.
    """
    meta = model._meta  # noqa: SLF001
    for field in meta.concrete_fields:
        if field.unique and not field.primary_key:
            yield (field.name,)
    for constraint in meta.constraints:
        if isinstance(constraint, UniqueConstraint) and constraint.fields:
            condition = constraint.condition
            if condition is None or set(_named(condition)) <= set(constraint.fields):
                yield tuple(constraint.fields)


def refuse_taken(model: type[models.Model], bound: Sequence[BoundColumn], rows: Sequence[Row]) -> None:
    """Put a fault on rows whose unique values stand twice in the file or belong to another record."""
    columns = {column.compared.name: column for column in bound}
    for group in unique_groups(model):
        if all(name in columns for name in group):
            _refuse_group(model, [columns[name] for name in group], rows)


def _refuse_group(model: type[models.Model], group: list[BoundColumn], rows: Sequence[Row]) -> None:
    wanted: dict[tuple[Any, ...], Row] = {}
    in_file = {row.pk: row for row in rows if row.pk is not None}
    for row in rows:
        if row.status is Status.UNCHANGED:
            continue
        value = tuple(column.compared_value(row.get(column.key)) for column in group)
        if None in value or "" in value:
            continue
        first = wanted.setdefault(value, row)
        if first is not row:
            repeated = any(key == group[0].key for key, _reason in row.faults)
            if not repeated:
                row.fault(group[0].key, f"与本文件第 {first.number} 行重复")
    fields: list[Field[Any, Any]] = [column.compared for column in group]
    for pk, *found in fetch_rows(model, fields, keys=fields, values=list(wanted)):
        row = wanted[tuple(found)]
        owner = in_file.get(pk)
        moves_away = owner is not None and any(column.key in owner.changed_keys() for column in group)
        if pk != row.pk and not moves_away:
            row.fault(group[0].key, "已属于另一条记录")


def explain(
    error: Exception,
    *,
    model: type[models.Model],
    bound: Sequence[BoundColumn],
    new: Sequence[Row],
    all_: Sequence[Row],
) -> SaveRefused:
    """Name the row and the column that made the database refuse; re-raises what is no refusal of data."""
    cause = error.__cause__ if isinstance(error, DatabaseError) else error
    if not isinstance(cause, psycopg.errors.IntegrityError | psycopg.errors.DataError):
        raise error
    diagnosis = cause.diag
    row = _row_of(diagnosis, bound=bound, new=new, all_=all_)
    by_column = {field.column: column.key for column in bound for field in column.fields()}
    names = [diagnosis.column_name or ""]
    if match := _KEY.search(diagnosis.message_detail or ""):
        names += [name.strip(' "') for name in match["names"].split(",")]
    reason = diagnosis.message_primary or str(cause)
    if isinstance(cause, psycopg.errors.UniqueViolation):
        reason = "已属于另一条记录"
    constraint = next((c for c in model._meta.constraints if c.name == diagnosis.constraint_name), None)  # noqa: SLF001
    if constraint is not None:
        if constraint.violation_error_message != constraint.default_violation_error_message:
            reason = str(constraint.violation_error_message)
        names += [_column(model, name) for name in getattr(constraint, "fields", ())]
        condition = getattr(constraint, "condition", None)
        names += [_column(model, name) for name in _named(condition)] if isinstance(condition, Q) else []
    key = next((by_column[name] for name in names if name in by_column), "")
    return SaveRefused(row, key, reason)


def _row_of(
    diagnosis: psycopg.errors.Diagnostic, *, bound: Sequence[BoundColumn], new: Sequence[Row], all_: Sequence[Row]
) -> Row | None:
    line = _COPY_LINE.match(diagnosis.context or "")
    if line and not (diagnosis.context or "").startswith("COPY portal_import"):
        return new[int(line[1]) - 1] if int(line[1]) <= len(new) else None
    detail = diagnosis.message_detail or ""
    if key := _KEY.search(detail):
        wanted = dict(zip(_split(key["names"]), _split(key["values"]), strict=False))
        columns = {column.compared.column: column for column in bound}
        for row in all_:
            if row.status is not Status.UNCHANGED and all(
                name in columns and str(columns[name].compared_value(row.get(columns[name].key))) == value
                for name, value in wanted.items()
            ):
                return row
        return None
    if failing := _FAILING_ROW.search(detail):
        return next((row for row in all_ if str(row.pk) == failing[1].strip()), None)
    return None


def _split(text: str) -> list[str]:
    return [part.strip(' "') for part in text.split(",")]


def _named(condition: Q | None) -> Iterator[str]:
    """Yield the fields a condition speaks of."""
    if condition is None:
        return
    for child in condition.children:
        if isinstance(child, Q):
            yield from _named(child)
        elif isinstance(child, tuple):
            yield child[0].split("__")[0]
        else:
            yield "?"


def _column(model: type[models.Model], name: str) -> str:
    try:
        return str(model._meta.get_field(name).column)  # type: ignore[union-attr]  # noqa: SLF001
    except (AttributeError, LookupError):
        return name
