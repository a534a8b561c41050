"""Reads of the ledger's entries."""

from typing import Any, Self

from django.db import models


class LedgerEntryQuerySet(models.QuerySet[Any]):
    """Entries."""

    def paying(self, kind: str, subjects: Any) -> Self:
        """Return the entries about these subjects of one kind (keys, or a query of them), reversals included."""
        return self.filter(subject_kind=kind, subject_id__in=subjects)

    def standing(self) -> Self:
        """Return the entries that are neither reversals nor reversed."""
        return self.filter(reverses__isnull=True, reversed_by__isnull=True)
