"""Purchases on the desk, with quotes and invoices, what is missing and whether they look split."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from union_portal.base.admin import RecordAdmin, display
from welfare.procurement.models import AidRegion, Invoice, Procurement, ProcurementThreshold, Quote
from welfare.procurement.services import hint, missing


@admin.register(ProcurementThreshold)
class ProcurementThresholdAdmin(RecordAdmin[ProcurementThreshold]):
    list_display = ("__str__", "method", "quotes", "contract", "valid_from", "source")


@admin.register(AidRegion)
class AidRegionAdmin(RecordAdmin[AidRegion]):
    list_display = ("name", "code")
    fixed_fields = ("code",)


@admin.register(Procurement)
class ProcurementAdmin(RecordAdmin[Procurement]):
    list_display = ("title", "supplier", "decided_on", "method", "accepted_on", "amount")
    export_also = ("item", "quantity", "decision", "report", "contract", "round", "farm", "channel", "region")
    list_filter = ("method", "channel", "region", "farm")
    search_fields = ("title", "supplier", "item", "contract")
    date_hierarchy = "decided_on"
    readonly_fields = ("lacks",)
    children = ("quotes", "invoices")

    def get_fields(self, request: HttpRequest, obj: Procurement | None = None) -> Any:
        """Say it once the row exists."""
        return [*super().get_fields(request, obj), *(["lacks"] if obj else [])]

    @display(description="尚缺与提示")
    def lacks(self, procurement: Procurement) -> str:
        """Name what the threshold asks for and is missing, and a possible split."""
        return "；".join(filter(None, ["、".join(missing(procurement)), hint(procurement)])) or "无"


@admin.register(Quote)
class QuoteAdmin(RecordAdmin[Quote]):
    list_display = ("supplier", "procurement", "quoted_on", "amount")
    parent = "procurement"


@admin.register(Invoice)
class InvoiceAdmin(RecordAdmin[Invoice]):
    list_display = ("number", "procurement", "code", "issued_on", "amount")
    parent = "procurement"
