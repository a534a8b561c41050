"""Only the rows an account may see, and with them the rows that the list's columns name."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from django.db.models import ForeignKey, Model, QuerySet
from django.http import HttpRequest

M = TypeVar("M", bound=Model)


def scoped(queryset: "QuerySet[M]", request: HttpRequest) -> "QuerySet[M]":
    """Return only the rows the account may see, where the model's queryset can tell."""
    visible_to: Callable[[Any], QuerySet[M]] | None = getattr(queryset, "visible_to", None)
    return visible_to(request.user) if visible_to else queryset


def linked(model: type[Model], columns: Iterable[Any]) -> list[str]:
    """Return the columns that show a related row, for reading it with the list: Django passes over optional ones."""
    links = {field.name for field in model._meta.fields if isinstance(field, ForeignKey)}  # noqa: SLF001
    return [name for name in columns if isinstance(name, str) and name in links]
