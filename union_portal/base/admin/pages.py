"""Leafing through long lists: rows are counted as far as anybody leafs, not to the last of a million."""

import re
from functools import cached_property
from typing import Any, cast

from django.core.exceptions import EmptyResultSet, FullResultSet
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.db.models.sql.constants import LOUTER

# Who looks for one row among more than so many searches or filters.
COUNTED = 10_000


class CappedPaginator(Paginator[Any]):
    """Counts exactly up to `COUNTED` rows and pages no further; `capped` where there are more."""

    @cached_property
    def _found(self) -> int:
        rows = self.object_list
        if not isinstance(rows, QuerySet):
            return len(rows)
        return _alone(rows.order_by().values("pk"))[: COUNTED + 1].count()

    @property
    def capped(self) -> bool:
        """Tell whether there are more rows than were counted."""
        return self._found > COUNTED

    @cached_property
    def count(self) -> int:
        """Return how many rows there are, at most `COUNTED`."""
        return min(self._found, COUNTED)


def _alone(rows: "QuerySet[Any]") -> "QuerySet[Any]":
    """Return the rows without what is joined to them for columns alone: nothing asks for it, and it adds no row.

    A join of its own condition (`FilteredRelation`) finds one row at most, else the list would show rows twice.
    """
    query, joins = rows.query, cast("dict[str, Any]", rows.query.alias_map)
    spare = {
        alias
        for alias, join in joins.items()
        if join.join_type == LOUTER and (join.filtered_relation or not join.join_field.one_to_many)
    }
    if not spare or query.group_by or query.distinct or query.combinator:
        return rows
    try:
        condition, _parameters = query.get_compiler(rows.db).compile(query.where)
    except (EmptyResultSet, FullResultSet):
        condition = ""
    named = set(re.findall(r'(\w+)"?\.', condition))
    asked = {alias for alias in joins if alias not in spare or alias in named}
    for alias in reversed(joins):  # what is joined stands behind what it is joined to
        if alias in asked:
            asked.add(joins[alias].parent_alias or alias)
    for alias in spare - asked:
        query.alias_refcount[alias] = 0
    return rows
