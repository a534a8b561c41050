"""What lets tens of thousands of small statements of one transaction run fast; results are the same without it."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

SETTINGS = {
    # Looking for the best order of small statements takes longer than running them.
    "join_collapse_limit": "1",
    # Without these two the triggers of the history fail once inside and are rolled back to a savepoint, and each
    # such rollback reads through all the foreign keys that are still to be checked.
    "pghistory.context_metadata": '{"command": "load_demo"}',
    "pgtrigger.ignore": "{}",
}


@contextmanager
def in_one_go(seed: int) -> Iterator[None]:
    """Set the transaction up for many small statements that all succeed or are all undone: no savepoints inside."""
    settings = SETTINGS | {"pghistory.context_id": str(uuid.UUID(int=seed, version=4))}
    with connection.cursor() as cursor:
        for name, value in settings.items():
            cursor.execute("SELECT set_config(%s, %s, true)", [name, value])
    usual = connection.features.uses_savepoints
    connection.features.uses_savepoints = False
    try:
        yield
    finally:
        connection.features.uses_savepoints = usual
