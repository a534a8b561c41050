"""What a record's list shows, filters and searches when its admin does not say: read from the model's fields."""

from collections.abc import Iterator
from typing import Any

from django.db import models
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RangeDateFilter

from union_portal.base.fields import BlindIndexField, EncryptedTextField

# A list of more columns is read by nobody.
SHOWN = 5
# What the portal itself keeps on a row; no form asks for it.
KEPT = ("state", "version")
_SECRET = (EncryptedTextField, BlindIndexField)
_LONG = (models.TextField, models.JSONField, models.FileField, models.AutoField, models.UUIDField)


def plain_fields(model: type[models.Model]) -> Iterator["models.Field[Any, Any]"]:
    """Yield the fields that fit a column: short, no secret, no key."""
    for field in model._meta.fields:  # noqa: SLF001
        if not isinstance(field, (*_LONG, *_SECRET)) and field.name not in KEPT and field.editable:
            yield field


def shown(model: type[models.Model]) -> list[str]:
    """Return the columns of the list: the first plain fields."""
    return [field.name for field in plain_fields(model)][:SHOWN]


def beside(model: type[models.Model]) -> list[str]:
    """Return the plain fields that the list leaves to its export."""
    return [field.name for field in plain_fields(model)][SHOWN:]


def searched(model: type[models.Model]) -> list[str]:
    """Return the searched fields: short texts that are no choice."""
    return [field.name for field in plain_fields(model) if type(field) is models.CharField and not field.choices]


def obvious_day(model: type[models.Model]) -> str | None:
    """Return the one day that every row has, by which the list is leafed through; None when there are none or more."""
    days = [field.name for field in plain_fields(model) if isinstance(field, models.DateField) and not field.null]
    return days[0] if len(days) == 1 else None


def filters(model: type[models.Model]) -> list[Any]:
    """Return the filters: state, choices, yes and no, days, and related rows."""
    found: list[Any] = []
    fields = [field for field in model._meta.fields if field.name == "state"]  # noqa: SLF001
    for field in [*fields, *plain_fields(model)]:
        if field.choices:
            found.append((field.name, ChoicesDropdownFilter))
        elif isinstance(field, models.DateField):
            found.append((field.name, RangeDateFilter))
        elif isinstance(field, models.BooleanField | models.ForeignKey):
            found.append(field.name)
    return found
