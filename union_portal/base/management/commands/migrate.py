"""Django's own `migrate`, refused on a database that another line of releases made, before anything is looked at."""

from typing import Any

from django.core.management.commands import migrate

from union_portal.base.migrating import QuickExecutor
from union_portal.base.readiness import refuse_another_chain


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        """Say in one line that the database is not ours; else migrate."""
        refuse_another_chain(using=options["database"])
        migrate.MigrationExecutor = QuickExecutor  # type: ignore[attr-defined]
        super().handle(*args, **options)
