"""The constraints that most tables have, named after their table, with the words a person reads."""

from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db.models import CheckConstraint, Func, Q, UniqueConstraint, Value


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
