"""Reads that many lists have in common."""

from typing import Any, Self

from django.db.models import QuerySet


class WholeListQuerySet(QuerySet[Any]):
    """A list without rows of one's own: whoever may view the model sees all of it, others nothing."""

    def visible_to(self, user: Any) -> Self:
        """Return everything to whoever may view the model."""
        meta = self.model._meta  # noqa: SLF001
        return self.all() if user.has_perm(f"{meta.app_label}.view_{meta.model_name}") else self.none()
