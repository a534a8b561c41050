"""Purchases: one invoice each, posted with its round or later."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from union_portal.base.history import tracked
from union_portal.base.models import StateMove
from union_portal.base.papers import ScanField
from welfare.grants.models import Round
from welfare.ledger.models import Posting
from welfare.purchases.enums import PURCHASE_MACHINE, PurchaseState
from welfare.purchases.querysets import PurchaseQuerySet


@tracked()
class Purchase(models.Model):
    """采购: one invoice, perhaps of another year than the round; void once its entry was reversed."""

    machine = PURCHASE_MACHINE

    round = models.ForeignKey(Round, models.PROTECT, related_name="purchases", verbose_name="发放批次")
    supplier = models.CharField("供应商", max_length=100)
    invoice_number = models.CharField("发票号码", max_length=64)
    invoiced_on = models.DateField("开票日期")
    goods = models.CharField("实物", max_length=200, blank=True)
    quantity = models.PositiveIntegerField("数量")
    amount = models.DecimalField("金额（元）", max_digits=12, decimal_places=2)
    state = models.CharField("状态", max_length=8, choices=PurchaseState.choices, default=PurchaseState.STANDING)
    scan = ScanField("发票扫描件", door="admin:welfare_round_invoice")
    posting = models.OneToOneField(
        Posting, models.PROTECT, null=True, blank=True, related_name="purchase", verbose_name="台账单"
    )
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="录入人"
    )
    entered_at = models.DateTimeField("录入时间", auto_now_add=True)

    objects = PurchaseQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "采购"
        ordering = ["-invoiced_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["supplier", "invoice_number"],
                condition=Q(state=PurchaseState.STANDING),
                name="welfare_purchase_invoice_once",
                violation_error_message="该发票已登记。",
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="welfare_purchase_amount_positive",
                violation_error_message="金额须大于零。",
            ),
            models.CheckConstraint(
                condition=Q(quantity__gt=0),
                name="welfare_purchase_quantity_positive",
                violation_error_message="数量须大于零。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.supplier} {self.invoice_number}"


class PurchaseMove(StateMove):
    subject = models.ForeignKey(Purchase, models.PROTECT, related_name="moves", verbose_name="采购")
