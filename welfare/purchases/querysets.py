"""Reads of what was bought."""

from typing import Self

from union_portal.base.querysets import WholeListQuerySet
from welfare.purchases.enums import PurchaseState


class PurchaseQuerySet(WholeListQuerySet):
    """Purchases."""

    def standing(self) -> Self:
        """Return the invoices whose entry was not reversed."""
        return self.filter(state=PurchaseState.STANDING)
