"""Reads of the ledger's entries."""

from typing import Any, Self

from django.db import models

from union_portal.base.sql import among, apart


class LedgerEntryQuerySet(models.QuerySet[Any]):
    """Entries."""

    def paying(self, kind: str, subjects: Any, *, between: tuple[int, int] | None = None) -> Self:
        """Return the entries about these subjects of one kind (keys, or a query of them), reversals included.

        A query is asked once, by itself: with statistics from before a first round of ten thousand, each of its entries
        would else be compared with each of its grants, for minutes. What is made together has keys near one another:
        told their ends (`between`, where they are known), the database reads these alone, where it would read the whole
        ledger.
        """
        if isinstance(subjects, models.QuerySet):
            keys = subjects.order_by()
            ends = between or tuple(keys.aggregate(first=models.Min("pk"), last=models.Max("pk")).values())
            told: Any = apart(models.Q(subject_id__in=keys.values("pk")))
        else:
            ends = (min(subjects, default=None), max(subjects, default=None))
            told = among("subject_id", subjects)
        return self.filter(told, subject_kind=kind, subject_id__range=ends) if ends[0] else self.none()

    def standing(self) -> Self:
        """Return the entries that are neither reversals nor reversed."""
        return self.filter(reverses__isnull=True, reversed_by__isnull=True)


class VoucherNoteQuerySet(models.QuerySet[Any]):
    """Notes of vouchers."""

    def latest_ones(self) -> Self:
        """Return each posting's latest note, the one that holds."""
        last = self.model._default_manager.filter(posting=models.OuterRef("posting")).order_by("-noted_at", "-pk")  # noqa: SLF001
        return self.filter(pk=models.Subquery(last.values("pk")[:1]))
