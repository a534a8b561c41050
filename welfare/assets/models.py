"""Fixed assets of the union (固定资产), and the yearly count that holds the register to what is there."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from members.branches.models import Branch
from union_portal.base.history import tracked
from union_portal.base.models import always, once
from union_portal.base.querysets import WholeListQuerySet
from union_portal.base.validators import not_in_future
from welfare.assets.enums import AssetKind, Found


@tracked()
class Asset(models.Model):
    """固定资产: one thing by its number."""

    number = models.CharField("资产编号", max_length=32, unique=True)
    name = models.CharField("名称", max_length=100)
    kind = models.CharField("类别", max_length=16, choices=AssetKind.choices)
    acquired_on = models.DateField("取得日期", validators=[not_in_future])
    amount = models.DecimalField("原值（元）", max_digits=12, decimal_places=2)
    place = models.CharField("存放地点", max_length=100, blank=True)
    branch = models.ForeignKey(
        Branch, models.PROTECT, null=True, blank=True, related_name="assets", verbose_name="使用分工会"
    )
    disposed_on = models.DateField("处置日期", null=True, blank=True, validators=[not_in_future])
    decision = models.CharField("处置依据", max_length=200, blank=True)
    empty_words = "工会的设备、器材等固定资产，逐件登记，每年盘点一次。"

    objects = WholeListQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "固定资产"
        ordering = ["number"]
        constraints = [
            always(Q(amount__gt=0), name="amount_positive", words="原值须大于零。"),
            always(Q(disposed_on__gte=F("acquired_on")), name="disposed_later", words="处置日期早于取得日期。"),
            always(Q(disposed_on=None) | ~Q(decision=""), name="disposed_how", words="请填写处置依据。"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"


@tracked()
class AssetCount(models.Model):
    """盘点记录: what a year's count found of one asset."""

    asset = models.ForeignKey(Asset, models.PROTECT, related_name="counts", verbose_name="固定资产")
    year = models.PositiveSmallIntegerField("盘点年度")
    counted_on = models.DateField("盘点日期", validators=[not_in_future])
    found = models.CharField("盘点结果", max_length=16, choices=Found.choices, default=Found.MATCHES)
    note = models.CharField("说明", max_length=200, blank=True)
    empty_words = "每年逐件盘点：账实相符、盘亏、盘盈或损坏。"

    objects = WholeListQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "盘点记录"
        ordering = ["-year", "asset__number"]
        constraints = [
            once("asset", "year", words="该资产本年度已盘点。"),
            always(Q(found=Found.MATCHES) | ~Q(note=""), name="explained", words="账实不符的，请填写说明。"),
        ]

    def __str__(self) -> str:
        return f"{self.asset} {self.year}"

    def clean(self) -> None:
        """Refuse to count what was not there yet, or no more."""
        if self.asset_id and self.counted_on and self.counted_on < self.asset.acquired_on:
            raise ValidationError({"counted_on": "盘点日期早于取得日期。"})
        if self.asset_id and self.counted_on and self.counted_on > (self.asset.disposed_on or self.counted_on):
            raise ValidationError({"counted_on": "该资产此前已处置，不再盘点。"})
