"""Only the rows an account may see."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest

M = TypeVar("M", bound=Model)


def scoped(queryset: "QuerySet[M]", request: HttpRequest) -> "QuerySet[M]":
    """Return only the rows the account may see, where the model's queryset can tell."""
    visible_to: Callable[[Any], QuerySet[M]] | None = getattr(queryset, "visible_to", None)
    return visible_to(request.user) if visible_to else queryset
