"""Filters of a list that its fields do not give: one question with one answer, such as what is overdue."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.contrib.admin import SimpleListFilter
from django.db.models import Model, QuerySet
from django.http import HttpRequest


def question(
    *, title: str, name: str, narrow: Mapping[str, tuple[str, Callable[[Any], Any]]]
) -> type[SimpleListFilter]:
    """Return a filter with these answers: word in the address → what it is called, and what it leaves of the rows."""

    class Question(SimpleListFilter):
        def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
            del request, model_admin
            return [(key, label) for key, (label, _rows) in narrow.items()]

        def queryset(self, request: HttpRequest, queryset: "QuerySet[Any]") -> "QuerySet[Any]":
            del request
            return narrow[str(self.value())][1](queryset) if self.value() in narrow else queryset

    Question.title, Question.parameter_name = title, name
    return Question


# Rows of a list that a room above counts, by the list's model and a name: what they are called, and which they are.
_COUNTED: dict[type[Model], dict[str, tuple[str, Callable[[str], "QuerySet[Any]"]]]] = {}


def counted(*, model: type[Model], name: str, label: str, rows: Callable[[str], "QuerySet[Any]"]) -> None:
    """Let the model's list be narrowed to rows counted elsewhere; `rows` gets what the address names them by."""
    _COUNTED.setdefault(model, {})[name] = (label, rows)


def counted_address(name: str, key: object) -> str:
    """Return what an address adds to show these rows alone."""
    return f"{Counted.parameter_name}={name}:{key}"


class Counted(SimpleListFilter):
    """The rows behind a number of another page; offered only where an address asks for them."""

    title, parameter_name = "统计范围", "counted"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Return what the address asks for, in words."""
        del request
        name = str(self.value() or "").partition(":")[0]
        known = _COUNTED.get(model_admin.model, {})
        return [(str(self.value()), known[name][0])] if name in known else []

    def queryset(self, request: HttpRequest, queryset: "QuerySet[Any]") -> "QuerySet[Any]":
        """Leave these rows; none where the address names nothing."""
        del request
        name, _colon, key = str(self.value() or "").partition(":")
        if not name:
            return queryset
        found = _COUNTED.get(queryset.model, {}).get(name)
        return queryset.filter(pk__in=found[1](key).order_by().values("pk")) if found else queryset.none()


def filters_of(model: type[Model], declared: Sequence[Any]) -> Sequence[Any]:
    """Return a list's filters with the one for rows that are counted elsewhere, if some are."""
    return (*declared, Counted) if model in _COUNTED else declared
