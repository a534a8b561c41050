"""Lists whose rows go the way of the screen: one by one, each through its model's own checks; for short lists."""

from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import Model

from union_portal.base.errors import DomainError
from union_portal.base.importing.resource import SaveRefused
from union_portal.base.importing.rows import Row
from union_portal.base.steps import record, saved


def singly(model: type[Model], *, actor_field: str = "") -> Callable[..., None]:
    """Return the service of a list that records new rows and saves changed ones singly; see `ModelList.service`.

    `actor_field` is the field of a new row that names whoever brings the list. The service raises SaveRefused at the
    row and field that is wrong.
    """

    def enter(*, rows: Sequence[Row], actor: Any) -> None:
        for row in rows:
            made: Any = model() if row.pk is None else model._default_manager.get(pk=row.pk)  # noqa: SLF001
            if row.pk is None and actor_field:
                setattr(made, actor_field, actor)
            for name, value in row.values.items():
                field: Any = model._meta.get_field(name)  # noqa: SLF001
                setattr(made, field.attname, field.get_default() if value is None else value)
            try:
                record(made, actor=actor) if row.pk is None else saved(made)
            except DomainError as error:
                raise SaveRefused(row, error.field or "", str(error)) from error

    return enter
