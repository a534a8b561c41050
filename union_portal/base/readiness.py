"""Whether the database is one the portal can serve from; what is wrong is said in one line for whoever starts it."""

from pathlib import Path
from pkgutil import iter_modules
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management import CommandError
from django.db import DatabaseError, OperationalError, connections
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from union_portal.base.encryption import KeyTrouble
from union_portal.base.keyring import verify_keys

MIGRATE = "PORTAL_DATABASE_ROLE=owner manage.py migrate (docs/installation.md)"


def trouble(*, using: str = "default") -> str:
    """Return why the portal cannot serve yet and what to do; empty when it can."""
    try:
        executor = MigrationExecutor(connections[using])
        if unknown := unknown_migrations(using=using):
            return (
                f"the database was made by another release ({unknown[0]} is not known here): use that, or an empty one."
            )
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if missing:
            return f"the database lacks {len(missing)} migrations of the portal: run {MIGRATE} first."
        verify_keys(using=using)
    except KeyTrouble as error:
        return str(error)
    except OperationalError as error:
        return f"the database cannot be reached: {_first_line(error)}"
    except DatabaseError as error:
        return f"the runtime role cannot read the database ({_first_line(error)}): run {MIGRATE} first."
    return ""


def refuse_to_migrate_without_rights(*, using: str, **_signal: Any) -> None:
    """Stop `migrate` before anything is tried when its role may not make tables."""
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT current_user, has_schema_privilege('public', 'CREATE')")
        ((role, may),) = cursor.fetchall()
    if not may:
        raise CommandError(
            f"the database role “{role}” may not make tables: run this as the owner, PORTAL_DATABASE_ROLE=owner"
            " manage.py migrate, with DATABASE_OWNER_URL set where DATABASE_URL is (docs/installation.md)."
        )


def unknown_migrations(*, using: str = "default") -> list[str]:
    """Return the migrations the database has had that this release does not know: it comes from another one."""
    known = {
        config.label: {found.name for found in iter_modules([str(Path(config.path) / "migrations")])}
        for config in apps.get_app_configs()
        if Path(config.path).is_relative_to(settings.BASE_DIR)
    }
    applied = MigrationRecorder(connections[using]).applied_migrations()
    return sorted(f"{app}.{name}" for app, name in applied if app in known and name not in known[app])


def refuse_another_chain(*, using: str) -> None:
    """Stop `migrate` on a database that another line of releases made: its tables would be taken for ours."""
    if unknown := unknown_migrations(using=using):
        raise CommandError(
            f"this database was made by a release whose migrations are not known here ({unknown[0]} and"
            f" {len(unknown) - 1} more), so nothing was changed: use the release that made it, or an empty database"
            " (of the demo: script/demo --new)."
        )


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0]
