"""What a purchase is judged by, and the regions it may help: data."""

from django.db import models
from django.db.models import Q

from union_portal.base.history import tracked
from union_portal.base.models import Dated, always, apart
from union_portal.base.money import grouped
from union_portal.base.querysets import DatedQuerySet, WholeListQuerySet
from welfare.procurement.enums import Method


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
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="parts", verbose_name="上级地区"
    )
    empty_words = "消费帮扶所支持的地区；登记采购和帮扶目标时从这里选。"

    objects = WholeListQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "帮扶地区"
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name
