"""Reads that lists of every app have in common."""

import datetime as dt
from typing import Any, Self, TypeVar

from django.db.models import Q, QuerySet

S = TypeVar("S", bound="QuerySet[Any]")


def in_force(on: dt.date, prefix: str = "") -> Q:
    """Hold on the day, both ends inclusive; an empty end holds until further notice."""
    return Q(**{f"{prefix}valid_from__lte": on}) & (
        Q(**{f"{prefix}valid_to__isnull": True}) | Q(**{f"{prefix}valid_to__gte": on})
    )


class DatedQuerySet(QuerySet[Any]):
    """Rows with `valid_from` and `valid_to`."""

    def in_force(self, *, on: dt.date) -> Self:
        """Return the rows that hold on the day."""
        return self.filter(in_force(on))


class WholeListQuerySet(QuerySet[Any]):
    """A list without rows of one's own: whoever may view the model sees all of it, others nothing."""

    def visible_to(self, user: Any) -> Self:
        """Return everything to whoever may view the model."""
        meta = self.model._meta  # noqa: SLF001
        return self.all() if user.has_perm(f"{meta.app_label}.view_{meta.model_name}") else self.none()


def seen_through(rows: S, name: str, user: Any) -> S:
    """Return the rows whose related row called `name` the account may see."""
    related: Any = rows.model._meta.get_field(name).related_model  # noqa: SLF001
    return rows.filter(**{f"{name}__in": related._default_manager.visible_to(user).order_by().values("pk")})  # noqa: SLF001
