"""Which look-ups an address may carry: those of the list's own filters. Others would read what the page masks."""

from collections.abc import Iterator
from typing import Any

from django.contrib.admin.utils import get_fields_from_path
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Field, Model
from django.db.models.constants import LOOKUP_SEP
from django.http import HttpRequest


class DeclaredLookupsMixin:
    """Refuses look-ups that no filter of the list declares; the key is always allowed."""

    model: Any

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest) -> bool:  # noqa: ARG002
        """Allow the declared paths, and behind them what a filter may ask: a key, a comparison, a part of a date."""
        if not self._touches_the_model(lookup, request):
            return True  # the list answers such an address without it
        return any(self._covers(path, lookup) for path in ("pk", str(self.model._meta.pk.name), *self._paths(request)))  # noqa: SLF001

    def _paths(self, request: HttpRequest) -> Iterator[str]:
        day = self.date_hierarchy  # type: ignore[attr-defined]
        if day:
            yield day
        for declared in self.get_list_filter(request):  # type: ignore[attr-defined]
            found = declared[0] if isinstance(declared, tuple | list) else declared
            name = found if isinstance(found, str) else getattr(found, "parameter_name", None)
            if name:
                yield name

    def _covers(self, path: str, lookup: str) -> bool:
        if lookup == path:
            return True
        if not lookup.startswith(path + LOOKUP_SEP):
            return False
        if path == "pk":
            return True
        rest = lookup[len(path) + len(LOOKUP_SEP) :].split(LOOKUP_SEP)
        try:
            related = get_fields_from_path(self.model, path)[-1].related_model
        except FieldDoesNotExist:
            return False
        if not isinstance(related, type):
            return True
        keys = {"pk", str(related._meta.pk.name)}  # noqa: SLF001
        rest = rest[1:] if rest[0] in keys else rest
        return not rest or not _is_field(related, rest[0])

    def _touches_the_model(self, lookup: str, request: HttpRequest) -> bool:
        name = lookup.split(LOOKUP_SEP, maxsplit=1)[0]
        annotations = self.get_queryset(request).query.annotations  # type: ignore[attr-defined]
        return name == "pk" or _is_field(self.model, name) or name in annotations


def _is_field(model: type[Model], name: str) -> bool:
    try:
        model._meta.get_field(name)  # noqa: SLF001
    except FieldDoesNotExist:
        by_column = (field.attname for field in model._meta.concrete_fields if isinstance(field, Field))  # noqa: SLF001
        return name in set(by_column)
    return True
