"""Writing down what a batch of work does to every row, whatever service, COPY or trigger does it."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import connection, transaction


@contextmanager
def noted(batch: UUID) -> Iterator[None]:
    """Let the database note each row's change under the batch; what is rolled back leaves no note either."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('portal.batch', %s, true)", [str(batch)])
        yield
        cursor.execute("SELECT set_config('portal.batch', '', true)")
