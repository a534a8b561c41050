"""Leafing through long lists: rows are counted as far as anybody leafs, not to the last of a million."""

from functools import cached_property
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet

# Who looks for one row among more than so many searches or filters.
COUNTED = 10_000


class CappedPaginator(Paginator[Any]):
    """Counts exactly up to `COUNTED` rows and pages no further; `capped` where there are more."""

    @cached_property
    def _found(self) -> int:
        rows = self.object_list
        return rows.order_by().values("pk")[: COUNTED + 1].count() if isinstance(rows, QuerySet) else len(rows)

    @property
    def capped(self) -> bool:
        """Tell whether there are more rows than were counted."""
        return self._found > COUNTED

    @cached_property
    def count(self) -> int:
        """Return how many rows there are, at most `COUNTED`."""
        return min(self._found, COUNTED)
