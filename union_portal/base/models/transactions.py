"""Which transaction wrote a row, as the database knows it."""

from django.db import models
from django.db.models import Func


class TransactionIdField(models.BigIntegerField[int, int]):
    """PostgreSQL's 64-bit transaction id, set by the database."""

    def db_type(self, connection: object) -> str:  # noqa: ARG002
        """Return the column type."""
        return "xid8"


class CurrentTransaction(Func):
    function = "pg_current_xact_id"
    output_field = TransactionIdField()
