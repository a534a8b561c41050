"""Reads that lists of every app have in common."""

import datetime as dt
from typing import Any, Self, TypeVar

from django.db.models import Count, Model, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from union_portal.base.sql import among

S = TypeVar("S", bound="QuerySet[Any]")


def in_force(on: dt.date, prefix: str = "") -> Q:
    """Hold on the day, both ends inclusive; an empty end holds until further notice."""
    return Q(**{f"{prefix}valid_from__lte": on}) & (
        Q(**{f"{prefix}valid_to__isnull": True}) | Q(**{f"{prefix}valid_to__gte": on})
    )


def how_many(rows: "QuerySet[Any]", link: str) -> Coalesce:
    """Return how many of these rows lead to each row of a list by the link; counted for those that show alone."""
    own = rows.filter(**{link: OuterRef("pk")}).order_by().values(link)
    return Coalesce(Subquery(own.annotate(n=Count("pk")).values("n")), 0)


def how_many_of(model: type[Model], relation: str, where: Q | None = None) -> Coalesce:
    """Return how many rows that meet the condition lead to each row of a list of the model; see `how_many`.

    The relation is the model's own name for them, so that their room need not be known.
    """
    found: Any = model._meta.get_field(relation)  # noqa: SLF001
    return how_many(found.related_model._default_manager.filter(where or Q()), found.field.name)  # noqa: SLF001


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
    keys_seen_by = getattr(related._default_manager, "keys_seen_by", None)  # noqa: SLF001
    keys = keys_seen_by(user) if keys_seen_by is not None else None
    if keys is not None:
        return rows.filter(among(name, keys))
    return rows.filter(**{f"{name}__in": related._default_manager.visible_to(user).order_by().values("pk")})  # noqa: SLF001
