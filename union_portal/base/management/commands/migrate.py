"""Django's own `migrate`, refused on a database that another line of releases made, and whole in one command."""

from typing import Any

from django.core.management import call_command
from django.core.management.commands import migrate

from union_portal.base.migrating import QuickExecutor
from union_portal.base.readiness import refuse_another_chain

PARTLY = ("app_label", "plan", "check_unapplied", "prune", "fake")


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        """Say in one line that the database is not ours; else migrate, make the cache's table and grant."""
        refuse_another_chain(using=options["database"])
        migrate.MigrationExecutor = QuickExecutor  # type: ignore[attr-defined]
        super().handle(*args, **options)
        if not any(options[asked] for asked in PARTLY):
            call_command("createcachetable", database=options["database"], verbosity=0)
            call_command("grant_runtime", verbosity=0)
