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

    def _migrate_all_forwards(self, state: Any, plan: Any, full_plan: Any, fake: bool, fake_initial: bool) -> Any:
        """Do as Django does, but leave it to our own migrations to render what they ask for."""
        waiting = {migration for migration, _backwards in plan}
        for migration, _backwards in full_plan:
            if migration in waiting:
                if not type(migration).__module__.startswith(OWN):
                    state.apps  # noqa: B018 - renders
                state = self.apply_migration(state, migration, fake=fake, fake_initial=fake_initial)
        return state


OWN = ("union_portal.", "members.", "welfare.", "congress.", "activities.")
ALONE = (RunPython, RunSQL, SeparateDatabaseAndState, AtOnce)


def together(operations: Iterable[Operation]) -> Iterator[Operation]:
    """Yield the operations, those of tables that follow one another as one; each step of data by itself."""
    for alone, run in groupby(operations, key=lambda one: isinstance(one, ALONE)):
        if alone:
            yield from run
        else:
            yield AtOnce(list(run))
