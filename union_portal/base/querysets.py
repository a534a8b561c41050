"""Reads that every app shares: rows that hold on a day."""

import datetime as dt
from typing import Any, Self

from django.db import models
from django.db.models import Q


def in_force(on: dt.date, prefix: str = "") -> Q:
    return Q(**{f"{prefix}valid_from__lte": on}) & (
        Q(**{f"{prefix}valid_to__isnull": True}) | Q(**{f"{prefix}valid_to__gte": on})
    )


class DatedQuerySet(models.QuerySet[Any]):
    """Rows with `valid_from` and `valid_to`, both inclusive; an empty end holds until further notice."""

    def in_force(self, *, on: dt.date) -> Self:
        """Return the rows that hold on the day."""
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on), valid_from__lte=on)


class WholeListQuerySet(models.QuerySet[Any]):
    """A list without rows of one's own: whoever may view the model sees all of it, others nothing."""

    def visible_to(self, user: Any) -> Self:
        """Return everything to whoever may view the model."""
        meta = self.model._meta  # noqa: SLF001
        return self.all() if user.has_perm(f"{meta.app_label}.view_{meta.model_name}") else self.none()
