"""Filters of a list that its fields do not give: one question with one answer, such as what is overdue."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib.admin import SimpleListFilter
from django.db.models import QuerySet
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
