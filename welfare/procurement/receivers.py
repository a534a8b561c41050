"""An invoice of a purchase is not entered a second time for a round."""

from typing import Any

from django.dispatch import receiver

from union_portal.base.errors import Refused
from welfare.payments.enums import SPOKEN_FOR
from welfare.procurement.models import Invoice
from welfare.purchases.models import Purchase
from welfare.purchases.signals import invoice_entered


@receiver(invoice_entered)
def refuse_twice(*, purchase: Purchase, **_kwargs: Any) -> None:
    """Raise Refused, naming the purchase that the invoice was entered for."""
    same = Invoice.objects.filter(
        number=purchase.invoice_number, procurement__supplier=purchase.supplier, state__in=SPOKEN_FOR
    )
    first = same.select_related("procurement").first()
    if first is not None:
        raise Refused(f"该发票已登记在采购项目“{first.procurement}”。", field="invoice_number")
