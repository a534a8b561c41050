"""Reads of what was bought: what counts, and what is left of the goods."""

from typing import Any, Self

from django.db.models import Case, F, IntegerField, OuterRef, Q, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce

from union_portal.base.querysets import WholeListQuerySet
from welfare.procurement.enums import BOUGHT, GoodsMoveKind, ProcurementState


class ProcurementQuerySet(WholeListQuerySet):
    """Purchases."""

    def bought(self) -> Self:
        """Return what was bought or is approved to be."""
        return self.filter(state__in=BOUGHT)

    def with_stock(self) -> Self:
        """Add `in_stock`: pieces in the store; a round's goods are with the round until they come back."""
        signed = Sum(Case(When(kind=GoodsMoveKind.BACK, then=F("quantity")), default=-F("quantity")))
        moves: Any = self.model._meta.get_field("goods_moves").related_model  # noqa: SLF001
        moved = moves.objects.order_by().filter(procurement=OuterRef("pk")).values("procurement").values(sum=signed)
        received = Case(
            When(Q(state=ProcurementState.ACCEPTED, round=None), then=Coalesce("quantity", 0)),
            default=Value(0),
            output_field=IntegerField(),
        )
        return self.annotate(in_stock=received + Coalesce(Subquery(moved), 0))
