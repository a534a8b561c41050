"""Reads that lists of every app have in common."""

import datetime as dt
from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any, Self, TypeVar
from weakref import WeakKeyDictionary

from django.db import connection
from django.db.models import Count, Exists, Model, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from union_portal.base.sql import among

S = TypeVar("S", bound="QuerySet[Any]")
# Stands for the account in a kept statement: a key that no row has.
_ACCOUNT = -918_273_645
_PLANS: WeakKeyDictionary[Any, dict[tuple[Any, ...], str]] = WeakKeyDictionary()
_STATEMENTS: dict[tuple[Hashable, dt.date], tuple[list[str], str, tuple[Any, ...]]] = {}


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


def existing(user: Any, key: Hashable, asked: Callable[[Any], Mapping[str, "QuerySet[Any]"]]) -> set[str]:
    """Return the names of the queries that find a row for the account, all asked in one statement.

    To put so many into SQL and to plan them costs ten times what it costs to answer them, so the statement is kept
    under `key` for the day, and its plan by each connection: what is asked may depend on nothing but the account's key
    and the day.
    """
    kept = (key, timezone.localdate())
    if kept not in _STATEMENTS:
        for old in [one for one in _STATEMENTS if one[1] != kept[1]]:
            del _STATEMENTS[old]
        model = user._meta.model  # noqa: SLF001
        questions = {name: Exists(rows) for name, rows in asked(model(pk=_ACCOUNT)).items()}
        rows = model._default_manager.order_by().filter(pk=_ACCOUNT).values(**questions)  # noqa: SLF001
        _STATEMENTS[kept] = ([*questions], *(rows.query.sql_with_params() if questions else ("", ())))
    names, statement, told = _STATEMENTS[kept]
    if not names:
        return set()
    with connection.cursor() as cursor:
        name = _prepared(cursor, statement, told)
        cursor.execute(f"EXECUTE {name} (%s)", [user.pk])
        found = cursor.fetchone() or ()
    return {name for name, there_is in zip(names, found, strict=True) if there_is}


def _prepared(cursor: Any, statement: str, told: Sequence[Any]) -> str:
    """Return the name under which the connection keeps the statement's plan, made at its first use."""
    known = _PLANS.setdefault(connection.connection, {})
    if (statement, *told) not in known:
        name = f"portal_{len(known)}"
        # The account is the one parameter; the days and states are part of the plan.
        words = cursor.mogrify(statement, told).replace(str(_ACCOUNT), "$1")
        cursor.execute(f"PREPARE {name} (bigint) AS {words}")
        known[statement, *told] = name
    return known[statement, *told]


def seen_through(rows: S, name: str, user: Any) -> S:
    """Return the rows whose related row called `name` the account may see."""
    related: Any = rows.model._meta.get_field(name).related_model  # noqa: SLF001
    keys_seen_by = getattr(related._default_manager, "keys_seen_by", None)  # noqa: SLF001
    keys = keys_seen_by(user) if keys_seen_by is not None else None
    if keys is not None:
        return rows.filter(among(name, keys))
    return rows.filter(**{f"{name}__in": related._default_manager.visible_to(user).order_by().values("pk")})  # noqa: SLF001
