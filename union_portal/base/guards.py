"""Which tables the database guards by itself: written once, moving only as their machine allows, noting a batch.

Read from the models after every migrate, so that a new log or a new kind with states is guarded without a line of SQL.
"""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import connections

from union_portal.base.models import AppendOnlyModel
from union_portal.base.operations import APPEND_ONLY, LOGGED, MOVES, NOTES
from union_portal.base.rooms import notes_changes
from union_portal.base.states import machine_of
from union_portal.base.steps import log_of


def guards() -> Iterator[tuple[str, str, str]]:
    """Yield table, trigger and the SQL that installs it, for every model of the portal."""
    for model in apps.get_models():
        table = model._meta.db_table  # noqa: SLF001
        if issubclass(model, AppendOnlyModel):
            for trigger, sql in APPEND_ONLY.items():
                yield table, trigger, sql.format(table=table)
        machine = machine_of(model)
        if machine is not None:
            for trigger, sql in MOVES.items():
                yield table, trigger, sql.format(table=table, machine=machine.name)
            for trigger, sql in LOGGED.items():
                yield table, trigger, sql.format(table=table, logs=", ".join(f"'{name}'" for name in _logs(model)))
    for model in apps.get_models(include_auto_created=True):
        if notes_changes(model):
            meta = model._meta  # noqa: SLF001
            for trigger, sql in NOTES.items():
                yield meta.db_table, trigger, sql.format(table=meta.db_table, key=meta.pk.column)


def _logs(model: Any) -> list[str]:
    """Return the model's log and, of what its rows move with, the column and the log."""
    own = [log_of(model)._meta.db_table]  # type: ignore[union-attr]  # noqa: SLF001
    if (whole := getattr(model, "moves_with", "")) != "":
        field = model._meta.get_field(whole)  # noqa: SLF001
        own += [field.column, log_of(field.related_model)._meta.db_table]  # type: ignore[union-attr]  # noqa: SLF001
    return own


def install_guards(*, using: str = "default", **_signal: Any) -> None:
    """Install the guards that are missing; a table that is not there yet has none."""
    with connections[using].cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, t.tgname FROM pg_class c LEFT JOIN pg_trigger t ON t.tgrelid = c.oid"
            " WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace"
        )
        present = set(cursor.fetchall())
        tables = {table for table, _trigger in present}
        for table, trigger, sql in guards():
            if table in tables and (table, trigger) not in present:
                cursor.execute(sql)
