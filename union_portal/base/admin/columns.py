"""Columns of a list that show something reached from the row: an annotation, or a related row's field."""

from collections.abc import Callable
from functools import reduce
from typing import Any

from django.contrib import admin


def column(words: str, path: str, *, by: str = "") -> Callable[[Any, Any], Any]:
    """Return the column of what lies at the path (`item__sitting`, or an annotation's name), ordered by it or `by`."""

    @admin.display(description=words, ordering=by or path)
    def shown(self: Any, row: Any) -> Any:
        del self
        return reduce(lambda found, name: getattr(found, name, None), path.split("__"), row)

    return shown


def share(words: str, part: str, whole: str) -> Callable[[Any, Any], str]:
    """Return the column of two counts of the row, such as who came among who was due, in one."""

    @admin.display(description=words, ordering=part)
    def shown(self: Any, row: Any) -> str:
        del self
        came, due = getattr(row, part), getattr(row, whole)
        if came is None:
            return ""
        return f"{came:,} / {due:,}" if due is not None else f"{came:,}"

    return shown
