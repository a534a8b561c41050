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
