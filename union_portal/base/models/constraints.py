"""The constraints that most tables have, named after their table, with the words a person reads."""

from typing import Any

from django.db.models import CheckConstraint, Q, UniqueConstraint


def once(*fields: str, words: str, name: str = "once", **options: Any) -> UniqueConstraint:
    """Return the constraint that there is one row of these fields."""
    named = f"%(app_label)s_%(class)s_{name}"
    return UniqueConstraint(fields=fields, name=named, violation_error_message=words, **options)


def always(condition: Q, *, name: str, words: str | None = None) -> CheckConstraint:
    """Return the constraint that the condition holds for every row."""
    named = f"%(app_label)s_%(class)s_{name}"
    return CheckConstraint(condition=condition, name=named, violation_error_message=words)
