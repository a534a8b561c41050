"""Rounds: one benefit handed out to many at one occasion."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from union_portal.base.history import tracked
from union_portal.base.models import StateMove, always
from welfare.approvals.models import PaperApproval
from welfare.benefits.models import Benefit, Occasion
from welfare.books.models import Book, Fund
from welfare.books.querysets import SchoolQuerySet
from welfare.grants.enums import ROUND_MACHINE, RoundState


@tracked()
class Round(models.Model):
    """发放批次. The roster is the round's grants; locking writes them from `selection` or from an uploaded list.

    `selection` is the rule the people are chosen by; empty when the roster came from a list, whose source is
    `list_source`.
    """

    machine = ROUND_MACHINE

    benefit = models.ForeignKey(Benefit, models.PROTECT, related_name="rounds", verbose_name="福利项目")
    occasion = models.ForeignKey(Occasion, models.PROTECT, related_name="rounds", verbose_name="节日与活动")
    name = models.CharField("名称", max_length=100, blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="supplements", verbose_name="补充"
    )
    state = models.CharField("状态", max_length=16, choices=RoundState.choices, default=RoundState.DRAFT)
    cut_off_on = models.DateField("截止日期")
    selection = models.JSONField("发放对象", default=dict, blank=True)
    list_source = models.CharField("名单来源", max_length=200, blank=True)
    goods = models.CharField("发放内容", max_length=200, blank=True)
    unit_price = models.DecimalField("单价（元）", max_digits=12, decimal_places=2, null=True, blank=True)
    handed_out_on = models.DateField("发放日期", null=True, blank=True)
    book = models.ForeignKey(Book, models.PROTECT, related_name="rounds", verbose_name="账套")
    fund = models.ForeignKey(Fund, models.PROTECT, related_name="rounds", verbose_name="资金来源")
    locked_at = models.DateTimeField("锁定时间", null=True, blank=True)
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="经办人"
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="审批人"
    )
    approved_at = models.DateTimeField("已审批", null=True, blank=True)
    offline_approval = models.CharField("审批依据", max_length=200, blank=True)
    paper_approval = models.ForeignKey(
        PaperApproval, models.PROTECT, null=True, blank=True, related_name="rounds", verbose_name="线下审批"
    )
    released_heads = models.PositiveIntegerField("审批时应发人数", null=True, blank=True)
    released_amount = models.DecimalField(
        "审批时应发金额（元）", max_digits=14, decimal_places=2, null=True, blank=True
    )
    explanation = models.TextField("差异说明", blank=True)
    created_at = models.DateTimeField("建立时间", auto_now_add=True)

    objects = SchoolQuerySet.as_manager()
    empty_words = "一次节日或福利的发放：锁定名册、定价、审批、领取、记账都在批次的页面上。"

    class Meta:
        verbose_name = verbose_name_plural = "发放批次"
        ordering = ["-cut_off_on", "-pk"]
        constraints = [
            always(
                Q(approved_by__isnull=True) | Q(prepared_by__isnull=True) | ~Q(prepared_by=F("approved_by")),
                name="four_eyes",
                words="经办人和审批人不能是同一人。",
            ),
            always(
                Q(state__in=[RoundState.DRAFT, RoundState.CANCELLED]) | Q(locked_at__isnull=False),
                name="locked_has_time",
            ),
            always(
                ~Q(state__in=[RoundState.SUBMITTED, RoundState.APPROVED])
                | (Q(unit_price__isnull=False) & Q(prepared_by__isnull=False))
                | ~Q(offline_approval=""),
                name="priced_before_approval",
                words="请先确定单价，再提交审批。",
            ),
            always(
                ~Q(state__in=[RoundState.APPROVED, RoundState.CLOSED])
                | Q(approved_by__isnull=False)
                | ~Q(offline_approval=""),
                name="approved_by_somebody",
            ),
            always(Q(unit_price__isnull=True) | Q(unit_price__gt=0), name="price_positive", words="单价须大于零。"),
        ]

    def __str__(self) -> str:
        return self.name or f"{self.occasion} {self.benefit}"


class RoundMove(StateMove):
    subject = models.ForeignKey(Round, models.PROTECT, related_name="moves", verbose_name="发放批次")

    class Meta(StateMove.Meta):
        verbose_name = verbose_name_plural = "批次变动"

    def __str__(self) -> str:
        return f"{self.subject} {self.source} → {self.target}"
