"""The tests' database: made by the owner role, used as the runtime role, so that every test meets real rights."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.contrib.auth.management import create_permissions
from django.contrib.contenttypes.management import create_contenttypes
from django.core.management.commands import flush
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.postgresql.operations import DatabaseOperations
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate

_original_flush = flush.Command.handle
_original_sql_flush = DatabaseOperations.sql_flush
# The same after every flush: writing them again would take as long as the rest of it.
_KEPT = {"django_content_type", "auth_permission"}
_FEW = 8_000_000  # bytes; more are truncated quicker than they are deleted


def _take_runtime_role(*, connection: BaseDatabaseWrapper, **_signal: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {connection.ops.quote_name(settings.PORTAL_RUNTIME_ROLE)}")


@contextmanager
def owner_role() -> Iterator[None]:
    """Act as the owner on this thread's connection for a while."""
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
    try:
        yield
    finally:
        if connection.connection is not None and not connection.needs_rollback:
            _take_runtime_role(connection=connection)


def use_runtime_role() -> None:
    """From now on every connection acts as the runtime role, and flushes as the owner."""
    connection_created.connect(_take_runtime_role, dispatch_uid="runtime role")
    DatabaseOperations.sql_flush = _sql_flush  # type: ignore[method-assign, assignment]
    flush.Command.handle = _flush_as_owner  # type: ignore[method-assign, assignment]
    connection.close()


def use_owner_role() -> None:
    """Undo `use_runtime_role`, so that the database can be dropped."""
    connection_created.disconnect(dispatch_uid="runtime role")
    DatabaseOperations.sql_flush = _original_sql_flush  # type: ignore[method-assign]
    flush.Command.handle = _original_flush  # type: ignore[method-assign]
    connection.close()


def _flush_as_owner(command: flush.Command, **options: Any) -> None:
    """Flush as the owner, the vocabulary that `post_migrate` writes again included, but for what is kept."""
    uid = "django.contrib.auth.management.create_permissions"
    post_migrate.disconnect(dispatch_uid=uid)
    post_migrate.disconnect(create_contenttypes)
    try:
        with owner_role():
            _original_flush(command, **options)
    finally:
        post_migrate.connect(create_permissions, dispatch_uid=uid)
        post_migrate.connect(create_contenttypes)


def _sql_flush(operations: DatabaseOperations, style: Any, tables: list[str], **options: Any) -> list[str]:
    """Empty what Django asks for and the unmanaged tables, past the triggers that refuse it.

    Most tests leave a few rows in a few tables: deleting these is quicker than truncating two hundred.
    """
    if not tables:
        return []
    kept = set(tables) - _KEPT
    with operations.connection.cursor() as cursor:
        cursor.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
            " AND (tablename LIKE 'procrastinate\\_%%' OR tablename = 'portal_cache')"
        )
        unmanaged = [name for (name,) in cursor.fetchall() if name != "procrastinate_version"]
        named = {name: operations.quote_name(name) for name in sorted(kept)}
        asked = (f"SELECT '{name}' WHERE EXISTS (SELECT FROM {it})" for name, it in named.items())  # noqa: S608 - ours
        cursor.execute(" UNION ALL ".join(asked))
        filled = [named[name] for (name,) in cursor.fetchall()]
        # What tests undo lies in the files too, until they are truncated.
        cursor.execute(
            "SELECT sum(pg_relation_size(name::regclass)) FROM unnest(%s::text[]) AS name", [[*named.values()]]
        )
        many = cursor.fetchone()[0] > _FEW
        cursor.execute(
            "SELECT DISTINCT relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid"
            " WHERE NOT tgisinternal AND relnamespace = 'public'::regnamespace"
        )
        guarded = [it for (name,) in cursor.fetchall() if (it := operations.quote_name(name)) in filled or many]
    emptied = _original_sql_flush(operations, style, [*kept, *unmanaged] if many else unmanaged, **options)
    if not many:
        emptied += [f"DELETE FROM {name}" for name in filled] + ["SET CONSTRAINTS ALL IMMEDIATE"]  # noqa: S608
    return [
        *(f"ALTER TABLE {name} DISABLE TRIGGER USER" for name in guarded),
        *emptied,
        *(f"ALTER TABLE {name} ENABLE TRIGGER USER" for name in guarded),
    ]


def at_once(*calls: Callable[[], Any]) -> list[Any]:
    """Make the calls at the same moment, each on a connection of its own; return what each gave, or the exception."""
    gate, found = threading.Barrier(len(calls)), []

    def make(call: Callable[[], Any]) -> None:
        gate.wait(timeout=10)
        try:
            found.append(call())
        except Exception as error:  # noqa: BLE001 - the test judges it
            found.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=make, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return found
