"""Targets of consumption assistance (消费帮扶目标): a set of tests that must all hold."""

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from union_portal.base.history import tracked
from union_portal.base.models import always, once
from union_portal.base.querysets import WholeListQuerySet
from union_portal.base.validators import not_in_future
from welfare.procurement.enums import Channel
from welfare.procurement.models import AidRegion


def _yuan(name: str, **options: Any) -> "models.DecimalField[Any, Any]":
    return models.DecimalField(name, max_digits=12, decimal_places=2, null=True, blank=True, **options)


@tracked()
class AssistanceTarget(models.Model):
    """消费帮扶目标 of a year: a share of the base, so much per head, not below last year, a sum; all must hold."""

    title = models.CharField("名称", max_length=100)
    year = models.PositiveSmallIntegerField("年度", validators=[MinValueValidator(2000), MaxValueValidator(2100)])
    channel = models.CharField("帮扶渠道", max_length=16, choices=Channel.choices, blank=True, help_text="留空则不限。")
    region = models.ForeignKey(
        AidRegion, models.PROTECT, null=True, blank=True, related_name="targets", verbose_name="帮扶地区"
    )
    share = models.DecimalField(
        "占比（%）", max_digits=5, decimal_places=2, null=True, blank=True, validators=[MaxValueValidator(100)]
    )
    base = _yuan("占比基数（元）", help_text="留空则按登记的农副产品采购总额。")
    per_head = _yuan("人均（元）")
    heads = models.PositiveIntegerField("人数", null=True, blank=True)
    not_below_last = models.BooleanField("不低于上年", default=False)
    last_year = _yuan("上年金额（元）", help_text="留空则按上年登记的采购。")
    fixed = _yuan("固定金额（元）")
    completed_on = models.DateField("完成日期", null=True, blank=True, validators=[not_in_future])
    source = models.CharField("依据文件", max_length=200, blank=True)
    empty_words = "消费帮扶的年度目标：占比、人均、不低于上年、固定金额，登记的条件须同时达到。"

    objects = WholeListQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "消费帮扶目标"
        ordering = ["-year", "title"]
        constraints = [
            once("title", "year", words="该目标已登记。"),
            always(
                Q(share__isnull=False) | Q(per_head__isnull=False) | Q(fixed__isnull=False) | Q(not_below_last=True),
                name="asks_something",
                words="请至少填写一项条件：占比、人均、不低于上年或固定金额。",
            ),
            always(
                Q(per_head__isnull=True) | Q(heads__isnull=False), name="has_heads", words="按人均计算的，请填写人数。"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}年{self.title}"
