"""The other engine: each row goes to a service, all in one transaction; for kinds whose rules live in services."""
# mypy: disallow-untyped-calls=False

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, ClassVar

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, transaction

from union_portal.base.errors import DomainError
from union_portal.base.importing.preview import Status
from union_portal.base.importing.resource import ImportResource, SaveRefused
from union_portal.base.importing.rows import Row
from union_portal.base.spreadsheets.columns import Column


class RowResource(ImportResource):
    """Hands rows to `save_row`. The preview tries the services too and takes everything back."""

    # Whether the preview runs the services in a savepoint; False for large kinds that `clean_row` judges fully.
    rehearses: ClassVar[bool] = True

    # -- for authors -------------------------------------------------------------------------------------------------

    def current_values(self, rows: Sequence[Row]) -> None:
        """Set `row.pk` and `row.current` (by column key) where the record exists, by few queries for all rows."""

    def identities(self) -> Iterable[Mapping[str, Any]]:
        """Return by column what tells each record apart, in the order in which an empty instance takes them in."""
        raise NotImplementedError

    def save_row(self, row: Row) -> None:
        """Call the service for a new or changed row; its `DomainError` becomes the row's fault."""
        raise NotImplementedError

    def finish(self, rows: Sequence[Row]) -> None:
        """Follow up once after all rows, in the same transaction."""

    # -- the engine --------------------------------------------------------------------------------------------------

    def whole(self) -> Iterator[list[Any]]:
        """Yield what the register says of every record, as it would be compared with a list."""
        self.present = list(self.kind.columns)
        self.prepare()
        rows: list[Row] = []
        for number, values in enumerate(self.identities(), 1):
            rows.append(Row(number, []))
            rows[-1].values |= values
        self.load_current(rows)
        for row in rows:
            yield self.cells(row.current or {})

    def cells(self, values: Mapping[str, Any]) -> list[Any]:
        """Return a record's values by column as the cells of its row; days and numbers keep their type."""
        return [self._written(column, values.get(column.key)) for column in self.columns.values()]

    def _written(self, column: Column, value: Any) -> Any:
        if column.key not in self.parsers and isinstance(value, dt.date | int) and not isinstance(value, bool):
            return value
        return self.parsers.get(column.key, column.parser).show(value)

    def load_current(self, rows: Sequence[Row]) -> None:
        """Ask the author's hook about the rows that can be told apart."""
        self.current_values([row for row in rows if all(row.values.get(key) is not None for key in self.key_columns)])

    def check_rows(self, rows: Sequence[Row]) -> None:
        """Rehearse: every row that is sound so far is tried, later rows seeing the earlier ones, and taken back."""
        if not self.rehearses:
            return
        using = self.get_db_connection_name()
        with transaction.atomic(using=using):
            for place, row in enumerate(rows):
                self.tell("试存", place, len(rows), part=(0.5, 0.75))
                if row.status in {Status.NEW, Status.CHANGED}:
                    try:
                        with transaction.atomic(using=using):
                            self.save_row(row)
                    except (DomainError, ValidationError, IntegrityError) as error:
                        row.fault(*_reason(error, self.columns))
            transaction.set_rollback(True, using=using)

    def save_rows(self, rows: Sequence[Row]) -> None:
        """Hand over every new and changed row; the first refusal takes all back."""
        due = [row for row in rows if row.status in {Status.NEW, Status.CHANGED}]
        for place, row in enumerate(due):
            self.tell("保存", place, len(due), part=(0.75, 0.98))
            try:
                self.save_row(row)
            except (DomainError, ValidationError, IntegrityError) as error:
                raise SaveRefused(row, *_reason(error, self.columns)) from error
        self.finish(due)


def _reason(error: Exception, columns: dict[str, Any]) -> tuple[str, str]:
    """Return (column key or '', reason) of what a service raised."""
    if isinstance(error, DomainError):
        return (error.field if error.field in columns else "") or "", str(error)
    if isinstance(error, ValidationError):
        if hasattr(error, "error_dict"):
            name, messages = next(iter(error.message_dict.items()))
            key = name if name != NON_FIELD_ERRORS and name in columns else ""
            return key, "；".join(messages)
        return "", "；".join(error.messages)
    return "", f"与其他记录冲突：{str(error).splitlines()[0]}"
