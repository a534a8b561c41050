"""A purchase (采购项目): asked for, quoted, approved, accepted."""

from decimal import Decimal

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q, Sum

from union_portal.base.history import tracked
from union_portal.base.models import StateMove, always, once
from union_portal.base.querysets import WholeListQuerySet
from union_portal.base.validators import not_in_future
from welfare.books.models import Fund, LedgerAccount
from welfare.grants.models import Round
from welfare.payments.enums import SPOKEN_FOR
from welfare.procurement.enums import PROCUREMENT_MACHINE, UNDECIDED, Channel, Method, ProcurementState
from welfare.procurement.models.thresholds import AidRegion
from welfare.procurement.querysets import ProcurementQuerySet


@tracked()
class Procurement(models.Model):
    """采购项目: one decision to buy; the money of a round's goods is posted with the round, and counted here once."""

    machine = PROCUREMENT_MACHINE

    title = models.CharField("名称", max_length=100, help_text="品名和用途。")
    item = models.CharField("品类", max_length=50, help_text="如 米面油、文体用品；同类的写同一个词。")
    spec = models.CharField("规格", max_length=100, blank=True)
    supplier = models.CharField("供应商", max_length=100)
    decided_on = models.DateField("采购日期", validators=[not_in_future])
    quantity = models.PositiveIntegerField("数量", null=True, blank=True)
    amount = models.DecimalField("金额（元）", max_digits=12, decimal_places=2)
    method = models.CharField("采购方式", max_length=8, choices=Method.choices, default=Method.OWN)
    decision = models.CharField("集体决定", max_length=100, blank=True, help_text="会议名称和日期。")
    report = models.CharField("评选报告", max_length=100, blank=True)
    exception = models.CharField(
        "例外说明", max_length=200, blank=True, help_text="未按采购限额办理的，写明原因和依据文件，由审批人核对。"
    )
    fund = models.ForeignKey(Fund, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="资金来源")
    account = models.ForeignKey(
        LedgerAccount, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="科目"
    )
    contract = models.CharField("合同编号", max_length=64, blank=True)
    accepted_on = models.DateField("验收日期", null=True, blank=True, validators=[not_in_future])
    accepted_by = models.CharField("验收人", max_length=64, blank=True)
    round = models.ForeignKey(
        Round, models.PROTECT, null=True, blank=True, related_name="procurements", verbose_name="发放批次"
    )
    farm = models.BooleanField("农副产品", default=False)
    channel = models.CharField("帮扶渠道", max_length=16, choices=Channel.choices, blank=True)
    region = models.ForeignKey(
        AidRegion, models.PROTECT, null=True, blank=True, related_name="procurements", verbose_name="帮扶地区"
    )
    # Whatever comes by a list was bought before; the desk asks first.
    state = models.CharField(
        "状态", max_length=16, choices=ProcurementState.choices, default=ProcurementState.PAST, editable=False
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+", verbose_name="申请人"
    )
    empty_words = "采购的申请、比价、审批、合同、验收和发票；消费帮扶的采购注明渠道和地区。"

    objects = ProcurementQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "采购项目"
        ordering = ["-decided_on", "-pk"]
        constraints = [
            once(
                *("title", "supplier", "decided_on"),
                words="该采购已登记。",
                condition=~Q(state__in=[ProcurementState.DECLINED, ProcurementState.CANCELLED]),
            ),
            always(Q(amount__gt=0), name="amount_positive", words="金额须大于零。"),
            always(Q(accepted_on__isnull=True) | ~Q(accepted_by=""), name="accepted_by_whom", words="请填写验收人。"),
            always(
                ~Q(state=ProcurementState.ACCEPTED) | Q(accepted_on__isnull=False, quantity__isnull=False),
                name="accepted_is_whole",
                words="验收须填写日期和实收数量。",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def invoiced(self, *, but: int | None = None) -> Decimal:
        """Return the yuan of the invoices (but this one) that are posted or wait for it."""
        own = self.invoices.filter(state__in=SPOKEN_FOR).exclude(pk=but)
        found: Decimal | None = own.aggregate(sum=Sum("amount"))["sum"]
        return found or Decimal("0.00")

    def left(self) -> int:
        """Return the pieces in the store."""
        found: int = type(self).objects.with_stock().values_list("in_stock", flat=True).get(pk=self.pk)
        return found


class ProcurementMove(StateMove):
    subject = models.ForeignKey(Procurement, models.PROTECT, related_name="moves")


@tracked()
class Quote(models.Model):
    """报价."""

    procurement = models.ForeignKey(Procurement, models.PROTECT, related_name="quotes", verbose_name="采购项目")
    supplier = models.CharField("供应商", max_length=100)
    quoted_on = models.DateField("报价日期")
    amount = models.DecimalField("报价（元）", max_digits=12, decimal_places=2)
    empty_words = "各供应商的报价；在采购项目的页面上登记。"

    objects = WholeListQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "报价"
        ordering = ["procurement", "amount"]
        constraints = [
            once("procurement", "supplier", words="该供应商的报价已登记。"),
            always(Q(amount__gt=0), name="amount_positive", words="金额须大于零。"),
        ]

    def __str__(self) -> str:
        return self.supplier

    def clean(self) -> None:
        """Quote before the purchase is decided."""
        if self.procurement_id and self.procurement.state not in UNDECIDED:
            raise ValidationError(f"该采购{self.procurement.get_state_display()}，报价不能再改动。")
