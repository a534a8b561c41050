"""How the portal's own migrations run: what stands side by side in one of them is done between two renderings."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from django.db.migrations import RunPython, RunSQL, SeparateDatabaseAndState
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.operations.base import Operation

from union_portal.base.operations import AtOnce


class QuickExecutor(MigrationExecutor):
    """Django's executor, which else renders every related model anew after each operation: minutes with this house."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for migration in self.loader.disk_migrations.values():
            if type(migration).__module__.startswith(OWN):
                migration.operations = list(together(migration.operations))  # type: ignore[misc]


OWN = ("union_portal.", "members.", "welfare.", "congress.", "activities.")
ALONE = (RunPython, RunSQL, SeparateDatabaseAndState, AtOnce)


def together(operations: Iterable[Operation]) -> Iterator[Operation]:
    """Yield the operations, those of tables that follow one another as one; each step of data by itself."""
    for alone, run in groupby(operations, key=lambda one: isinstance(one, ALONE)):
        found = list(run)
        if alone or len(found) == 1:
            yield from found
        else:
            yield AtOnce(found)
