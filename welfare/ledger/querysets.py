"""Reads of the ledger's entries."""

from typing import Any, Self

from django.db import models

from union_portal.base.sql import among


class LedgerEntryQuerySet(models.QuerySet[Any]):
    """Entries."""

    def paying(self, kind: str, subjects: Any) -> Self:
        """Return the entries about these subjects of one kind (keys, or a query of them), reversals included.

        The keys are read and go as one array: with a query inside, and statistics from before a first round of ten
        thousand, each of its entries was compared with each of its grants, for minutes. What is made together has keys
        near one another: told their ends, the database reads these alone, where it would read the whole ledger.
        """
        read = subjects.order_by().values_list("pk", flat=True) if isinstance(subjects, models.QuerySet) else subjects
        if not (keys := list(read)):
            return self.none()
        return self.filter(among("subject_id", keys), subject_kind=kind, subject_id__range=(min(keys), max(keys)))

    def standing(self) -> Self:
        """Return the entries that are neither reversals nor reversed."""
        return self.filter(reverses__isnull=True, reversed_by__isnull=True)
