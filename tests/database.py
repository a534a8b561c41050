"""The tests' database: made by the owner role, used as the runtime role, so that every test meets real rights."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.management.commands import flush
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.postgresql.operations import DatabaseOperations
from django.db.backends.signals import connection_created

_original_flush = flush.Command.handle
_original_sql_flush = DatabaseOperations.sql_flush


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
    """Flush as the owner, the vocabulary that `post_migrate` writes again included."""
    with owner_role():
        _original_flush(command, **options)


def _sql_flush(operations: DatabaseOperations, style: Any, tables: list[str], **options: Any) -> list[str]:
    """Truncate what Django asks for and the unmanaged tables, past the triggers that refuse TRUNCATE."""
    if not tables:
        return []
    with operations.connection.cursor() as cursor:
        cursor.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
            " AND (tablename LIKE 'procrastinate\\_%%' OR tablename = 'portal_cache')"
        )
        unmanaged = [name for (name,) in cursor.fetchall() if name != "procrastinate_version"]
        cursor.execute(
            "SELECT DISTINCT relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid"
            " WHERE NOT tgisinternal AND tgtype & 32 <> 0 AND relnamespace = 'public'::regnamespace"
        )
        guarded = [operations.quote_name(name) for (name,) in cursor.fetchall()]
    return [
        *(f"ALTER TABLE {name} DISABLE TRIGGER USER" for name in guarded),
        *_original_sql_flush(operations, style, [*tables, *unmanaged], **options),
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
