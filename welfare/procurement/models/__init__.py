"""Purchases as they are decided: thresholds as dated data, quotes, contract, acceptance, invoices, goods."""

from welfare.procurement.models.goods import GoodsMove
from welfare.procurement.models.invoices import Invoice, InvoiceMove
from welfare.procurement.models.procurement import Procurement, ProcurementMove, Quote
from welfare.procurement.models.thresholds import AidRegion, ProcurementThreshold

__all__ = [
    "AidRegion",
    "GoodsMove",
    "Invoice",
    "InvoiceMove",
    "Procurement",
    "ProcurementMove",
    "ProcurementThreshold",
    "Quote",
]
