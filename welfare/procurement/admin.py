"""Purchases on the desk, with quotes, invoices and goods, what is missing and whether they look split."""

from typing import Any, ClassVar

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.urls import path

from union_portal.accounts.requests import account_of
from union_portal.accounts.views import give_paper
from union_portal.base.admin import Block, RecordAdmin, display, refused_by
from union_portal.base.admin.children import adding
from union_portal.base.admin.filters import question
from union_portal.base.states import Move
from welfare.grants.services.four_eyes import second_person
from welfare.payments.admin import PaymentAdmin
from welfare.procurement import services
from welfare.procurement.enums import BOUGHT, PAID_FOR, UNDECIDED, ProcurementState
from welfare.procurement.models import AidRegion, GoodsMove, Invoice, Procurement, ProcurementThreshold, Quote


@admin.register(ProcurementThreshold)
class ProcurementThresholdAdmin(RecordAdmin[ProcurementThreshold]):
    list_display = ("__str__", "method", "quotes", "contract", "valid_from", "source")


@admin.register(AidRegion)
class AidRegionAdmin(RecordAdmin[AidRegion]):
    list_display = ("name", "parent", "code")
    fixed_fields = ("code",)


_IN_STOCK = question(
    title="库存", name="stock", narrow={"left": ("有结存", lambda rows: rows.with_stock().filter(in_stock__gt=0))}
)
_ASKED = (
    *("title", "item", "spec", "quantity", "amount", "supplier", "decided_on", "method", "decision", "report"),
    *("exception", "round"),
)
# What may still be filled in once the purchase is approved, and what its acceptance asks for.
_LATER = ("contract", "fund", "account", "farm", "channel", "region")
_RECEIVED = ("accepted_on", "accepted_by")
# In which states rows of its own are added, and whether they are listed before any is there.
_ADDED = {Quote: UNDECIDED, Invoice: PAID_FOR, GoodsMove: (ProcurementState.ACCEPTED,)}


def _adding(name: str, model: type[Model]) -> Any:
    """Return the step that adds a row, offered where the state takes it."""
    page = adding(Procurement, name)
    page.__dict__["portal_offered"] = lambda subject: subject.state in _ADDED[model]
    return page


@admin.register(Procurement)
class ProcurementAdmin(RecordAdmin[Procurement]):
    list_display = ("title", "supplier", "decided_on", "left_shown", "state_shown", "amount")
    export_also = ("item", "spec", "quantity", "method", "decision", "report", "accepted_on", *_LATER)
    list_filter = ("state", _IN_STOCK, "method", "channel", "region", "fund")
    search_fields = ("title", "supplier", "item", "contract")
    date_hierarchy = "decided_on"
    readonly_fields = ("lacks", "left_shown")
    children = ("quotes", "invoices", "goods_moves")
    add_quotes = _adding("quotes", Quote)
    add_invoices = _adding("invoices", Invoice)
    add_goods_moves = _adding("goods_moves", GoodsMove)
    by: ClassVar[Any] = {
        "approve": services.approve,
        "accept": services.accept,
        "decline": services.decline,
        "cancel": services.cancel,
    }

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Procurement]":
        """Add what is left of the goods."""
        return super().get_queryset(request).with_stock()  # type: ignore[attr-defined,no-any-return]

    def get_fields(self, request: HttpRequest, obj: Procurement | None = None) -> Any:
        """Ask for what is to be bought; say what is missing and what is left once the row exists."""
        del request
        if obj is None:
            return (*_ASKED, *_LATER)
        received = (*_RECEIVED, "left_shown") if obj.accepted_on else ()
        asked = [name for name in _ASKED if obj.state in UNDECIDED or getattr(obj, name)]
        return ("lacks", *asked, *_LATER, *received)

    def get_changeform_datasets(self, request: HttpRequest) -> list[Any]:
        """List only what the purchase's state has."""
        found = super().get_changeform_datasets(request)
        match = request.resolver_match
        pk = match.kwargs.get("object_id", "") if match is not None else ""
        subject = Procurement.objects.filter(pk=pk).first() if str(pk).isdecimal() else None
        if subject is None:
            return found
        has = {Quote: subject.quotes, Invoice: subject.invoices, GoodsMove: subject.goods_moves}
        return [one for one in found if subject.state in _ADDED[one.model] or has[one.model].exists()]

    def get_readonly_fields(self, request: HttpRequest, obj: Procurement | None = None) -> Any:
        """Keep what was approved as it is; what a list brought may be put right."""
        own = super().get_readonly_fields(request, obj)
        if obj is None:
            return own
        if obj.state == ProcurementState.PAST:
            return self.readonly_fields
        free = {"quantity"} if obj.state == ProcurementState.ASKED else set()
        kept = () if obj.state == ProcurementState.ASKED else (*_ASKED, *(() if obj.state in BOUGHT else _LATER))
        return [*(name for name in own if name not in free), *kept]

    def save_model(self, request: HttpRequest, obj: Procurement, form: Any, change: bool) -> None:
        """Whoever enters a purchase asks for it."""
        if not change:
            obj.state, obj.asked_by = ProcurementState.ASKED, account_of(request)
        super().save_model(request, obj, form, change)

    def blocks(self, request: HttpRequest, step: Move, subject: Procurement) -> Block | None:
        """Let one ask and another decide, with all that the threshold asks for."""
        if step.action == "approve":
            return refused_by(services.may_approve, procurement=subject, actor=account_of(request))
        if step.action == "decline":
            return refused_by(second_person, prepared_by=subject.asked_by_id, actor=account_of(request))
        return refused_by(services.may_accept, procurement=subject) if step.action == "accept" else None

    @display(description="库存", ordering="in_stock")
    def left_shown(self, procurement: Procurement) -> str:
        """Count what is left in the store."""
        left: int = procurement.in_stock  # type: ignore[attr-defined]
        return f"{left:,}" if left else ""

    @display(description="尚缺与提示")
    def lacks(self, procurement: Procurement) -> str:
        """Name what the threshold asks for and is missing, and a possible split."""
        found = ["、".join(services.missing(procurement)), services.hint(procurement)]
        return "；".join(filter(None, found)) or "无"


@admin.register(Quote)
class QuoteAdmin(RecordAdmin[Quote]):
    list_display = ("supplier", "procurement", "quoted_on", "amount")
    parent = "procurement"


@admin.register(Invoice)
class InvoiceAdmin(PaymentAdmin[Invoice]):
    list_display = ("number", "procurement", "issued_on", "posted_on", "state_shown", "amount")
    export_also = ("code", "account", "posting", "asked_by")
    list_filter = ("state", "procurement__fund")
    search_fields = ("number", "procurement__title", "procurement__supplier")
    fields = ("procurement", "code", "number", "issued_on", "amount", "scan", "account", "posted_on")
    date_hierarchy = "issued_on"
    parent = "procurement"

    def get_urls(self) -> list[Any]:
        """Add the door of the scan."""
        view = self.admin_site.admin_view(self.scan_view)
        return [path("<int:pk>/scan/", view, name="welfare_invoice_scan"), *super().get_urls()]

    def scan_view(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Give the scan to whoever may see the invoice; logged."""
        found = self.subject_or_404(request, str(pk))
        if not self.has_view_permission(request, found):
            raise PermissionDenied
        return give_paper(request, found.scan)


@admin.register(GoodsMove)
class GoodsMoveAdmin(RecordAdmin[GoodsMove]):
    list_display = ("procurement", "kind", "moved_on", "round", "whom", "quantity")
    list_filter = ("kind",)
    search_fields = ("procurement__title", "whom")
    parent = "procurement"
