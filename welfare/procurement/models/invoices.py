"""Invoices of purchases, each taken once and posted by two people."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from union_portal.base.history import tracked
from union_portal.base.models import StateMove, once
from union_portal.base.money import grouped
from union_portal.base.papers import ScanField
from union_portal.base.querysets import WholeListQuerySet
from union_portal.base.validators import not_in_future
from welfare.ledger.enums import PostingKind
from welfare.payments.enums import SPOKEN_FOR, payment_machine
from welfare.payments.models import Payment
from welfare.procurement.enums import PAID_FOR
from welfare.procurement.models.procurement import Procurement
from welfare.purchases.models import Purchase


@tracked()
class Invoice(Payment):
    """采购发票: taken once, by code and number, and posted when a second person approves."""

    machine = payment_machine("welfare.invoice")
    owner, posting_kind = "procurement", PostingKind.PURCHASE

    procurement = models.ForeignKey(Procurement, models.PROTECT, related_name="invoices", verbose_name="采购项目")
    code = models.CharField("发票代码", max_length=20, blank=True, help_text="数电票没有代码，留空。")
    number = models.CharField("发票号码", max_length=64)
    issued_on = models.DateField("开票日期", validators=[not_in_future])
    scan = ScanField("发票扫描件", door="admin:welfare_invoice_scan")
    empty_words = "采购项目的发票；在采购项目的页面上登记，同一张发票只能登记一次，另一人批准后记账。"

    objects = WholeListQuerySet.as_manager()

    class Meta(Payment.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "采购发票"
        ordering = ["procurement", "pk"]
        constraints = [
            once("code", "number", words="该发票已登记。", condition=Q(state__in=SPOKEN_FOR)),
            *Payment.Meta.constraints,
        ]

    def __str__(self) -> str:
        return self.number

    def obstacle(self) -> str:
        """Post what was accepted; a round's goods are posted with the round."""
        return self._out_of_place() or super().obstacle()

    def _out_of_place(self) -> str:
        bought = self.procurement
        if bought.round_id:
            return f"所购物品用于发放批次“{bought.round}”，发票请在批次页面登记并记账。"
        if bought.state not in PAID_FOR:
            return f"该采购{bought.get_state_display()}，验收后才能登记发票。"
        return ""

    def clean(self) -> None:
        """Name where the invoice was entered before, and ask for no more than was approved."""
        if self.state not in SPOKEN_FOR:
            return
        same = Invoice.objects.filter(code=self.code, number=self.number, state__in=SPOKEN_FOR).exclude(pk=self.pk)
        first = same.select_related("procurement").first()
        if first is not None:
            where = f"{first.procurement}，{first.issued_on}，{grouped(first.amount)} 元"
            raise ValidationError({"number": f"该发票已登记：{where}。"})
        if not self.procurement_id:
            return
        bought = self.procurement
        posted = Purchase.objects.standing().filter(invoice_number=self.number, supplier=bought.supplier)
        other = posted.select_related("round").first()
        if other is not None:
            raise ValidationError({"number": f"该发票已登记在发放批次“{other.round}”。"})
        if not self.pk and (words := self._out_of_place()):
            raise ValidationError(words)
        left = bought.amount - bought.invoiced(but=self.pk)
        if self.amount is not None and self.amount > left:
            raise ValidationError({"amount": f"发票合计超过采购金额，尚可登记 {grouped(left)} 元。"})
        self.account = self.account or bought.account


class InvoiceMove(StateMove):
    subject = models.ForeignKey(Invoice, models.PROTECT, related_name="moves")
