"""The constraints that most tables have, named after their table, with the words a person reads."""

from collections.abc import Iterator
from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db.models import BaseConstraint, CheckConstraint, F, Func, Q, UniqueConstraint, Value


def once(*fields: str, words: str, name: str = "once", **options: Any) -> UniqueConstraint:
    """Return the constraint that there is one row of these fields."""
    named = f"%(app_label)s_%(class)s_{name}"
    return UniqueConstraint(fields=fields, name=named, violation_error_message=words, **options)


def always(condition: Q, *, name: str, words: str | None = None) -> CheckConstraint:
    """Return the constraint that the condition holds for every row."""
    named = f"%(app_label)s_%(class)s_{name}"
    return CheckConstraint(condition=condition, name=named, violation_error_message=words)


class _Days(Func):
    function = "DATERANGE"
    output_field = DateRangeField()


def days(first: str, last: str) -> Func:
    """Return the range of days from one field to another, both inclusive."""
    return _Days(first, last, Value("[]"))


class Apart(ExclusionConstraint):
    """Dated rows that never hold on the same day; days in the wrong order are another constraint's."""

    def validate(self, model: Any, instance: Any, *args: Any, **kwargs: Any) -> None:
        """Ask the database only where the days are a range."""
        if instance.valid_to is None or instance.valid_from is None or instance.valid_from <= instance.valid_to:
            super().validate(model, instance, *args, **kwargs)


def apart(*fields: str, words: str, name: str = "no_overlap") -> Apart:
    """Return the constraint that dated rows of these fields never hold on the same day."""
    same: list[Any] = [(field, RangeOperators.EQUAL) for field in fields]
    held = (days("valid_from", "valid_to"), RangeOperators.OVERLAPS)
    named = f"%(app_label)s_%(class)s_{name}"
    return Apart(name=named, expressions=[*same, held], violation_error_message=words)


def named_in(constraint: BaseConstraint) -> tuple[str, ...]:
    """Return the fields that a constraint speaks of, those first beside which its words are best read.

    Of rows that must lie apart these are their days; of a condition the field that it is said of.
    """
    told: list[Any] = []
    if isinstance(constraint, ExclusionConstraint):
        told = sorted((expression for expression, _operator in constraint.expressions), key=lambda one: not _range(one))
    elif isinstance(constraint, UniqueConstraint):
        told = [*constraint.fields, *constraint.expressions]
    elif isinstance(constraint, CheckConstraint):
        told = [constraint.condition]
    return tuple(dict.fromkeys(name for one in told for name in _names(one)))


def _range(expression: Any) -> bool:
    return isinstance(expression, Func)


def _names(told: Any) -> Iterator[str]:
    """Yield the fields that a name, a condition or an expression is about."""
    if isinstance(told, str):
        yield told.partition("__")[0]
    elif isinstance(told, F):
        yield from _names(told.name)  # type: ignore[attr-defined]  # unknown to the stubs
    elif isinstance(told, Q):
        for child in told.children:
            yield from _names(child)
    elif isinstance(told, tuple):
        yield from _names(told[0])
        if not isinstance(told[1], str | tuple):  # what is compared with is a field only as an expression
            yield from _names(told[1])
    elif hasattr(told, "get_source_expressions"):
        for one in told.get_source_expressions():
            yield from _names(one)
