"""Whether the database is one the portal can serve from; what is wrong is said in one line for whoever starts it."""

from typing import Any

from django.core.management import CommandError
from django.db import DatabaseError, OperationalError, connections
from django.db.migrations.executor import MigrationExecutor

from union_portal.base.encryption import KeyTrouble
from union_portal.base.keyring import verify_keys

MIGRATE = "PORTAL_DATABASE_ROLE=owner manage.py migrate, createcachetable and grant_runtime (docs/installation.md)"


def trouble(*, using: str = "default") -> str:
    """Return why the portal cannot serve yet and what to do; empty when it can."""
    try:
        executor = MigrationExecutor(connections[using])
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


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0]
