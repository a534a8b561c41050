"""Purchases as they are decided (采购项目): thresholds as dated data, quotes, contract, acceptance, invoices."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from union_portal.base.history import tracked
from union_portal.base.models import Dated, always, apart, once
from union_portal.base.money import grouped
from union_portal.base.querysets import DatedQuerySet, WholeListQuerySet
from union_portal.base.validators import not_in_future
from welfare.grants.models import Round
from welfare.procurement.enums import Channel, Method
from welfare.purchases.models import Purchase


@tracked()
class ProcurementThreshold(Dated):
    """采购限额: from which amount on what is asked of a purchase."""

    amount_from = models.DecimalField("金额起点（元）", max_digits=12, decimal_places=2)
    method = models.CharField("采购方式", max_length=8, choices=Method.choices, blank=True, help_text="留空则不限。")
    quotes = models.PositiveSmallIntegerField("报价数", default=0)
    decision = models.BooleanField("须集体决定", default=False)
    report = models.BooleanField("须评选报告", default=False)
    contract = models.BooleanField("须签合同", default=False)
    source = models.CharField("依据文件", max_length=200)
    empty_words = "采购金额达到多少须三方比价、集体决定、签合同；按本校文件登记，注明起止日期。"

    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = verbose_name_plural = "采购限额"
        ordering = ["-valid_from", "amount_from"]
        constraints = [
            *Dated.Meta.constraints,
            apart("amount_from", words="这一金额起点在这段时间已有限额。"),
            always(Q(amount_from__gte=0), name="amount_not_negative", words="金额不能为负。"),
        ]

    def __str__(self) -> str:
        return f"{grouped(self.amount_from)} 元起"


class AidRegion(models.Model):
    """帮扶地区 as editable data."""

    code = models.CharField("编码", max_length=32, unique=True)
    name = models.CharField("名称", max_length=64, unique=True)
    empty_words = "消费帮扶所支持的地区；登记采购和帮扶目标时从这里选。"

    objects = WholeListQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "帮扶地区"
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


@tracked()
class Procurement(models.Model):
    """采购项目: one decision to buy; the money of a round's goods is posted with the round, and counted here once."""

    title = models.CharField("名称", max_length=100, help_text="品名和用途。")
    item = models.CharField("品类", max_length=50, help_text="如 米面油、文体用品；同类的写同一个词。")
    supplier = models.CharField("供应商", max_length=100)
    decided_on = models.DateField("采购日期", validators=[not_in_future])
    quantity = models.PositiveIntegerField("数量", null=True, blank=True)
    amount = models.DecimalField("金额（元）", max_digits=12, decimal_places=2)
    method = models.CharField("采购方式", max_length=8, choices=Method.choices, default=Method.OWN)
    decision = models.CharField("集体决定", max_length=100, blank=True, help_text="会议名称和日期。")
    report = models.CharField("评选报告", max_length=100, blank=True)
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
    empty_words = "采购的方式、比价、合同、验收和发票；消费帮扶的采购注明渠道和地区。"

    objects = WholeListQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "采购项目"
        ordering = ["-decided_on", "-pk"]
        constraints = [
            once("title", "supplier", "decided_on", words="该采购已登记。"),
            always(Q(amount__gt=0), name="amount_positive", words="金额须大于零。"),
            always(Q(accepted_on__isnull=True) | ~Q(accepted_by=""), name="accepted_by_whom", words="请填写验收人。"),
        ]

    def __str__(self) -> str:
        return self.title


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


@tracked()
class Invoice(models.Model):
    """采购发票: taken once, by code and number."""

    procurement = models.ForeignKey(Procurement, models.PROTECT, related_name="invoices", verbose_name="采购项目")
    code = models.CharField("发票代码", max_length=20, blank=True, help_text="数电票没有代码，留空。")
    number = models.CharField("发票号码", max_length=64)
    issued_on = models.DateField("开票日期", validators=[not_in_future])
    amount = models.DecimalField("金额（元）", max_digits=12, decimal_places=2)
    empty_words = "采购项目的发票；在采购项目的页面上登记，同一张发票只能登记一次。"

    objects = WholeListQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "采购发票"
        ordering = ["procurement", "pk"]
        constraints = [
            once("code", "number", words="该发票已登记。"),
            always(Q(amount__gt=0), name="amount_positive", words="金额须大于零。"),
        ]

    def __str__(self) -> str:
        return self.number

    def clean(self) -> None:
        """Name where the invoice was entered before: here, or for a round that this purchase is not for."""
        same = Invoice.objects.filter(code=self.code, number=self.number).exclude(pk=self.pk)
        first = same.select_related("procurement").first()
        if first is not None:
            where = f"{first.procurement}，{first.issued_on}，{grouped(first.amount)} 元"
            raise ValidationError({"number": f"该发票已登记：{where}。"})
        if not self.procurement_id:
            return
        posted = Purchase.objects.standing().filter(invoice_number=self.number, supplier=self.procurement.supplier)
        other = posted.exclude(round=self.procurement.round_id).select_related("round").first()
        if other is not None:
            raise ValidationError({"number": f"该发票已登记在发放批次“{other.round}”，请在采购项目中选择该批次。"})
