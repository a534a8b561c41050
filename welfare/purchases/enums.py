"""The states of an invoice."""

from django.db import models

from union_portal.base.states import Machine, Move


class PurchaseState(models.TextChoices):
    STANDING = "standing", "有效"
    VOID = "void", "已作废"


PURCHASE_MACHINE = Machine(
    name="welfare.purchase",
    initial=[PurchaseState.STANDING],
    moves=[Move("void", PurchaseState.STANDING, PurchaseState.VOID, "作废", why=True)],
)
