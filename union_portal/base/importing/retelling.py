"""What a noted batch changed, in words: the row's name, and each column old → new, secrets masked."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models

from union_portal.base.fields import BlindIndexField, EncryptedTextField
from union_portal.base.models import RowChange

_SECRET = "******"  # noqa: S105 - what stands in place of one


@dataclass(frozen=True)
class Told:
    """One column of one row."""

    label: str
    old: str
    new: str


@dataclass(frozen=True)
class ChangedRow:
    """One changed row: its kind and name, and its columns."""

    label: str
    changes: list[Told]


def retold(changes: Iterable[RowChange]) -> list[ChangedRow]:
    """Return the changes in words; a query for each kind of row and each kind of related row."""
    # A proxy shares its table with the model whose name the rows bear.
    every = [model for model in apps.get_models() if not model._meta.proxy]  # noqa: SLF001
    tables: dict[str, type[models.Model]] = {model._meta.db_table: model for model in every}  # noqa: SLF001
    known = [(change, tables[change.of_table]) for change in changes if change.of_table in tables]
    wanted: dict[type[models.Model], set[Any]] = defaultdict(set)
    for change, model in known:
        wanted[model].add(model._meta.pk.to_python(change.key))  # noqa: SLF001
        for field in _told_of(change, model):
            if field.related_model:
                wanted[field.related_model] |= {_held(change.was, field), _held(change.became, field)} - {None}
    rows = {model: model._base_manager.in_bulk(list(keys)) for model, keys in wanted.items()}  # noqa: SLF001
    return [_row(change, model, rows) for change, model in known]


def _row(change: RowChange, model: type[models.Model], rows: Any) -> ChangedRow:
    meta = model._meta  # noqa: SLF001
    one = rows[model].get(meta.pk.to_python(change.key))
    told = [
        Told(str(field.verbose_name), _shown(change.was, field, rows), _shown(change.became, field, rows))
        for field in _told_of(change, model)
    ]
    return ChangedRow(f"{meta.verbose_name} {one or '（已不在册）'}", told)


def _told_of(change: RowChange, model: type[models.Model]) -> list[Any]:
    fields: list[Any] = [one for one in model._meta.concrete_fields if not isinstance(one, BlindIndexField)]  # noqa: SLF001
    told = [one for one in fields if not getattr(one, "auto_now", False) and (one.editable or one.name == "state")]
    return [one for one in told if _held(change.was, one) != _held(change.became, one)]


def _held(values: Any, field: Any) -> Any:
    return (values or {}).get(field.column)


def _shown(values: Any, field: Any, rows: Any) -> str:
    value = _held(values, field)
    if value in (None, ""):
        return ""
    if isinstance(field, EncryptedTextField):
        return _SECRET
    if field.related_model:
        return str(rows[field.related_model].get(value, value))
    if isinstance(value, bool):
        return "是" if value else "否"
    return str(dict(field.flatchoices).get(value, value)) if field.choices else str(value)
