"""What the runtime role may do to each table: one declared list, applied after every migrate.

A model says it itself by `database_privileges` (see `AppendOnlyModel`); the tables of libraries stand here.
The owner role is nobody's account: it migrates, and it may do everything.
"""

from collections.abc import Iterator

import pghistory.models
from django.apps import apps
from django.db import connections, transaction
from django.db.backends.utils import CursorWrapper
from django.db.models import Model

ORDINARY = ("SELECT", "INSERT", "UPDATE", "DELETE")
APPEND_ONLY = ("SELECT", "INSERT")
# The function that opens a history context upserts; migrations are the owner's.
LIBRARY_TABLES = {
    "pghistory_context": ("SELECT", "INSERT", "UPDATE"),
    "django_migrations": ("SELECT",),
}


class GrantError(Exception):
    """The roles are not what they must be; the message says what to do."""


def privileges_of(model: type[Model]) -> tuple[str, ...]:
    """Return what the runtime role may do to a model's table."""
    if issubclass(model, pghistory.models.Event):
        return APPEND_ONLY
    declared: tuple[str, ...] = getattr(model, "database_privileges", ORDINARY)
    return declared


def declared_privileges() -> dict[str, tuple[str, ...]]:
    """Return the declared list: table name → privileges; every table that is not in it is an ordinary one."""
    declared = {
        model._meta.db_table: privileges_of(model)  # noqa: SLF001 - Django's documented model API
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy  # noqa: SLF001
    }
    return declared | LIBRARY_TABLES


def grant_runtime(*, role: str, using: str = "default") -> dict[str, tuple[str, ...]]:
    """Give the runtime role exactly the declared privileges on every table and return them by table.

    Runs as the owner, in one transaction, so a serving portal never sees a moment without its rights.

    Raises:
        GrantError: the role does not exist, owns the tables, is a superuser, or may act as the owner.
    """
    connection = connections[using]
    quoted = connection.ops.quote_name(role)
    declared = declared_privileges()
    with transaction.atomic(using=using), connection.cursor() as cursor:
        _refuse_unfit(cursor, role)
        cursor.execute("SELECT current_database()")
        database = connection.ops.quote_name(cursor.fetchone()[0])
        # A temporary table of the caller's could stand in the place of one of ours.
        cursor.execute(f"REVOKE TEMPORARY ON DATABASE {database} FROM PUBLIC, {quoted}")
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {quoted}")
        cursor.execute(f"REVOKE CREATE ON SCHEMA public FROM PUBLIC, {quoted}")
        cursor.execute(f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC, {quoted}")
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
            " AND relkind IN ('r', 'p', 'v', 'm') ORDER BY relname"
        )
        granted = {table: declared.get(table, ORDINARY) for (table,) in cursor.fetchall()}
        for privileges, tables in _grouped(granted):
            names = ", ".join(f"public.{connection.ops.quote_name(table)}" for table in tables)
            cursor.execute(f"GRANT {', '.join(privileges)} ON {names} TO {quoted}")
        cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {quoted}")
    return granted


def _grouped(granted: dict[str, tuple[str, ...]]) -> Iterator[tuple[tuple[str, ...], list[str]]]:
    """Yield each set of privileges with its tables, so that one statement serves many tables."""
    for privileges in sorted(set(granted.values()) - {()}):
        yield privileges, [table for table, own in granted.items() if own == privileges]


def _refuse_unfit(cursor: CursorWrapper, role: str) -> None:
    """Refuse a runtime role that could undo the protection of the append-only tables."""
    cursor.execute("SELECT rolsuper, rolname = current_user FROM pg_roles WHERE rolname = %s", [role])
    row = cursor.fetchone()
    if row is None:
        raise GrantError(f"There is no database role “{role}”; docs/installation.md has the SQL that makes it.")
    superuser, is_owner = row
    if superuser or is_owner:
        raise GrantError(
            f"“{role}” must not be a superuser nor the owner of the tables: set DATABASE_OWNER_URL to another role"
            " (docs/installation.md) and run this as the owner (PORTAL_DATABASE_ROLE=owner)."
        )
    cursor.execute("SELECT pg_has_role(%s, current_user, 'MEMBER')", [role])
    if cursor.fetchone()[0]:
        raise GrantError(f"“{role}” is a member of the owner role and could act as it: revoke that membership.")
