"""What a model itself would refuse of many rows at once: its `clean`, and its constraints as the database reads."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models
from django.db.models import CheckConstraint, ForeignKey

from union_portal.base.importing.rows import Row

# What a field of the row would hold once it is saved.
WouldBe = Callable[[Any, Row], Any]


def judge(model: type[models.Model], rows: Sequence[Row], would_be: WouldBe, *, columns: Mapping[str, Any]) -> None:
    """Put a fault on every row that the model refuses; a constant number of queries."""
    _judge_by_clean(model, rows, would_be, columns)
    for constraint in model._meta.constraints:  # noqa: SLF001
        if isinstance(constraint, CheckConstraint):
            refused = _refused_by(model, constraint, rows, would_be)
            for row in refused:
                row.fault(_place_of(constraint, columns), str(constraint.get_violation_error_message()))


def _judge_by_clean(
    model: type[models.Model], rows: Sequence[Row], would_be: WouldBe, columns: Mapping[str, Any]
) -> None:
    if model.clean is models.Model.clean:
        return
    fields = model._meta.concrete_fields  # noqa: SLF001
    made = [model(**{field.attname: would_be(field, row) for field in fields}) for row in rows]
    for link in (field for field in fields if isinstance(field, ForeignKey)):
        keys = {getattr(one, link.attname) for one in made} - {None}
        found = link.related_model._default_manager.in_bulk(keys)  # noqa: SLF001
        for one in made:
            if getattr(one, link.attname) in found:
                setattr(one, link.name, found[getattr(one, link.attname)])
    for row, one in zip(rows, made, strict=True):
        try:
            one.clean()
        except ValidationError as error:
            told = error.message_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.messages}
            for name, messages in told.items():
                row.fault(name if name in columns else "", "；".join(messages))


def _refused_by(
    model: type[models.Model], constraint: CheckConstraint, rows: Sequence[Row], would_be: WouldBe
) -> list[Row]:
    """Ask the database which rows, as they would be, the constraint refuses; one query for all."""
    with connection.schema_editor(collect_sql=True, atomic=False) as editor:
        condition = constraint._get_check_sql(model, editor)  # type: ignore[attr-defined]  # noqa: SLF001
    fields = model._meta.concrete_fields  # noqa: SLF001
    made = [{str(field.column): _plain(would_be(field, row)) for field in fields} for row in rows]
    sql = (
        "SELECT portal_place - 1"  # noqa: S608 -- names of the model, its own condition; values are parameters
        " FROM jsonb_array_elements(%s::jsonb) WITH ORDINALITY AS portal(portal_one, portal_place),"
        f" jsonb_populate_record(NULL::{connection.ops.quote_name(model._meta.db_table)}, portal_one) AS made"  # noqa: SLF001
        f" WHERE NOT ({condition})"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql.replace("%", "%%").replace("%%s", "%s", 1), [json.dumps(made, cls=DjangoJSONEncoder)])
        return [rows[place] for (place,) in cursor.fetchall()]


def _plain(value: Any) -> Any:
    return None if isinstance(value, bytes | memoryview) else value


def _place_of(constraint: CheckConstraint, columns: Mapping[str, Any]) -> str:
    """Return the column to point at: of those the constraint speaks of, the first that is no key and no state."""
    shown = [name for name in _names_in(constraint.condition) if name in columns and not columns[name].required]
    return next((name for name in shown if name != "state"), next(iter(shown), ""))


def _names_in(condition: Any) -> list[str]:
    found: list[str] = []
    for child in getattr(condition, "children", ()):
        found += [child[0].split("__")[0]] if isinstance(child, tuple) else _names_in(child)
    return found
