"""What was bought for a round, by invoice; what was handed out are its grants, and the stock lies between them."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from union_portal.base.history import tracked
from welfare.models.ledger import Posting
from welfare.models.rounds import Round


@tracked()
class Purchase(models.Model):
    """采购: one invoice, perhaps of another year than the round."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="purchases", verbose_name=_("round"))
    supplier = models.CharField(_("supplier"), max_length=100)
    invoice_number = models.CharField(_("invoice number"), max_length=64)
    invoiced_on = models.DateField(_("invoice date"))
    goods = models.CharField(_("goods"), max_length=200, blank=True)
    quantity = models.PositiveIntegerField(_("quantity"))
    amount = models.DecimalField(_("amount (yuan)"), max_digits=12, decimal_places=2)
    posting = models.OneToOneField(
        Posting, models.PROTECT, null=True, blank=True, related_name="purchase", verbose_name=_("posting")
    )
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("entered by")
    )
    entered_at = models.DateTimeField(_("entered"), auto_now_add=True)

    class Meta:
        verbose_name = _("purchase")
        verbose_name_plural = _("purchases")
        ordering = ["-invoiced_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["supplier", "invoice_number"],
                name="welfare_purchase_invoice_once",
                violation_error_message=_("This invoice is already recorded."),
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="welfare_purchase_amount_positive",
                violation_error_message=_("The amount must be above zero."),
            ),
            models.CheckConstraint(
                condition=Q(quantity__gt=0),
                name="welfare_purchase_quantity_positive",
                violation_error_message=_("The quantity must be above zero."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.supplier} {self.invoice_number}"
