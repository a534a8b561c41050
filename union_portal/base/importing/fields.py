"""How a column's values stand in the database: plain, prepared, or encrypted beside a blind index."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import connection, models
from django.db.models import NOT_PROVIDED, Field
from django.utils import timezone

from union_portal.base.encryption import blind_index, indexer
from union_portal.base.fields import BlindIndexField, EncryptedTextField, index_fields
from union_portal.base.importing.parsing import Check
from union_portal.base.spreadsheets.columns import Column
from union_portal.base.spreadsheets.errors import CellError

# Fields whose Python values PostgreSQL takes as they are; anything else is asked to prepare its values.
_PLAIN = (
    models.CharField,
    models.TextField,
    models.IntegerField,
    models.BooleanField,
    models.DateField,
    models.DateTimeField,
    models.DecimalField,
    models.UUIDField,
    models.ForeignKey,
)


@dataclass(frozen=True)
class Computed:
    """Fields worked out from columns: `function` takes the values of `sources` and returns those of `fields`.

    Worked out again only when a source changes, so that keys corrected by hand survive an import.
    """

    fields: tuple[str, ...]
    sources: tuple[str, ...]
    function: Callable[..., tuple[Any, ...]]


@cache
def storer(field: "Field[Any, Any]") -> Callable[[Any], Any]:
    """Return what turns a value into what the database takes; an emptied text that may not be null is ''."""
    empty = "" if not field.null and field.empty_strings_allowed else None
    if isinstance(field, BlindIndexField):
        return blind_index
    if isinstance(field, _PLAIN) and type(field).get_prep_value in {kind.get_prep_value for kind in _PLAIN}:
        return lambda value: empty if value is None else value
    prepare = field.get_db_prep_save
    return lambda value: prepare(empty if value is None else value, connection)


def _sealer(field: EncryptedTextField) -> Callable[[Any], Any]:
    seal, empty = field.sealer(), None if field.null else ""
    return lambda value: seal(empty if value is None else value)


def may_be_emptied(field: "Field[Any, Any]") -> bool:
    """Tell whether 清空 is allowed in the field's column."""
    return field.null or (field.blank and field.empty_strings_allowed)


def default_of(field: "Field[Any, Any]") -> Callable[[], Any] | None:
    """Return what fills the field of a new row when no column does; None leaves it to the database."""
    if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False):
        now = timezone.localdate() if type(field) is models.DateField else timezone.now()
        return lambda: now
    if field.db_default is not NOT_PROVIDED:
        return None
    if callable(field.default) and field.default is not NOT_PROVIDED:
        store, make = storer(field), field.get_default
        return lambda: store(make())
    value = storer(field)(field.get_default())
    return lambda: value


def check_of(field: "Field[Any, Any]") -> Check | None:
    """Return the field's own validators and choices as one check of a parsed value, or None when it has none."""
    validators = [v for v in field.validators if not isinstance(v, MaxLengthValidator)]
    choices = {value for value, _label in field.flatchoices} if field.choices else None
    longest = field.max_length if field.empty_strings_allowed else None
    if not validators and choices is None and longest is None:
        return None

    def check(value: Any) -> None:
        if longest is not None and isinstance(value, str) and len(value) > longest:
            raise CellError(f"超过 {longest} 个字符")
        if choices is not None and value not in choices:
            raise CellError("不是本列允许的值")
        try:
            for validator in validators:
                validator(value)
        except ValidationError as error:
            raise CellError("；".join(error.messages)) from error

    return check


class BoundColumn:
    """A column of the file together with its model field and, if encrypted, the field of its blind index."""

    def __init__(self, column: Column, model: type[models.Model]) -> None:
        self.key = column.key
        self.field: Field[Any, Any] = _field(model, str(column.field_name))
        indexes = index_fields(model, self.field.name)
        self.index: Field[Any, Any] | None = indexes[0] if indexes else None
        self.compared = self.index or self.field
        # What tells two values apart in the database.
        self.compared_value = cache(indexer()) if self.index else storer(self.field)
        self.stored_value = _sealer(self.field) if isinstance(self.field, EncryptedTextField) else storer(self.field)
        # Whether stored values can be compared as they are.
        self.is_plain = self.index is None and not hasattr(self.field, "from_db_value")

    def fields(self) -> list["Field[Any, Any]"]:
        """Return the fields the column fills."""
        return [self.field] if self.index is None else [self.field, self.index]

    def revealed(self, raw: Any) -> Any:
        """Return a stored value as Python knows it."""
        convert = getattr(self.field, "from_db_value", None)
        value = convert(raw, None, connection) if convert is not None else raw
        return None if value == "" else value


def bound_columns(columns: Mapping[str, Column], keys: list[str], model: type[models.Model]) -> list[BoundColumn]:
    """Bind the columns of the main table."""
    return [BoundColumn(columns[key], model) for key in keys if columns[key].field_name is not None]


def _field(model: type[models.Model], name: str) -> "Field[Any, Any]":
    field = model._meta.get_field(name)  # noqa: SLF001
    if not isinstance(field, Field):
        raise TypeError(f"{model.__name__}.{name} is no column")
    return field


def may_lack(field: "Field[Any, Any]") -> bool:
    """Whether a row is known without it: it may be empty, or has a value of its own."""
    return bool(field.blank or field.has_default())
