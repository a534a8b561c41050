"""Constraints with a sentence for the person at the screen; named after the model."""

from django.db.models import CheckConstraint, Q, UniqueConstraint


def once(*fields: str, words: str, name: str = "once", condition: Q | None = None) -> UniqueConstraint:
    """Let no two rows have the same values in these fields."""
    return UniqueConstraint(
        fields=fields, name=f"%(app_label)s_%(class)s_{name}", condition=condition, violation_error_message=words
    )


def always(name: str, condition: Q, *, words: str) -> CheckConstraint:
    """Let no row be otherwise; a comparison with an empty field holds."""
    return CheckConstraint(condition=condition, name=f"%(app_label)s_%(class)s_{name}", violation_error_message=words)
