"""The agenda of a sitting, the documents to read beforehand, and what was resolved."""

from django.db import models
from django.db.models import F, Q

from congress.enums import AgendaKind, AgendaOutcome
from congress.models.sessions import Sitting
from congress.querysets import AgendaQuerySet, OfSittingQuerySet
from union_portal.base.history import tracked


@tracked()
class AgendaItem(models.Model):
    """议题: what a body hears, reviews, passes or elects. Its own majority overrides the congress's."""

    sitting = models.ForeignKey(Sitting, models.CASCADE, related_name="agenda", verbose_name="会议（分大会）")
    position = models.PositiveSmallIntegerField("顺序")
    kind = models.CharField("类别", max_length=8, choices=AgendaKind.choices)
    title = models.CharField("标题", max_length=200)
    presenter = models.CharField("报告人", max_length=100, blank=True)
    majority_numerator = models.PositiveSmallIntegerField("通过比例：超过（份）", null=True, blank=True)
    majority_denominator = models.PositiveSmallIntegerField("通过比例：共（份）", null=True, blank=True)
    outcome = models.CharField("结果", max_length=16, choices=AgendaOutcome.choices, default=AgendaOutcome.PENDING)
    decided_on = models.DateField("决定日期", null=True, blank=True)

    objects = AgendaQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "议题"
        ordering = ["sitting", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["sitting", "position"],
                name="congress_agenda_position_once",
                violation_error_message="该序号已有其他议题。",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(
                condition=Q(majority_numerator__isnull=True, majority_denominator__isnull=True)
                | Q(majority_numerator__gte=1, majority_denominator__gt=F("majority_numerator")),
                name="congress_agenda_majority_is_a_share",
                violation_error_message="通过比例须为真分数，如超过 1/2。",
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=[AgendaOutcome.PENDING, AgendaOutcome.WITHDRAWN]) | Q(decided_on__isnull=False),
                name="congress_agenda_decided_has_a_day",
                violation_error_message="已有结果的议题须填写决定日期。",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def became(self) -> str:
        """The outcome in words; an election is held or fails, it is not passed."""
        if self.kind == AgendaKind.ELECT and self.outcome == AgendaOutcome.PASSED:
            return "已选举"
        if self.kind == AgendaKind.ELECT and self.outcome == AgendaOutcome.LOST:
            return "未选出"
        return str(self.get_outcome_display())


@tracked()
class SessionDocument(models.Model):
    """A document that delegates read beforehand; visible to them from the day it is published."""

    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="documents", verbose_name="议题")
    title = models.CharField("标题", max_length=200)
    file = models.FileField("文件", upload_to="congress-documents/")
    published_on = models.DateField("发布日期", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "会议文件"
        ordering = ["item", "pk"]

    def __str__(self) -> str:
        return self.title


@tracked()
class Resolution(models.Model):
    """决议: the words in which a body decided."""

    sitting = models.ForeignKey(Sitting, models.PROTECT, related_name="resolutions", verbose_name="会议（分大会）")
    item = models.ForeignKey(
        AgendaItem, models.PROTECT, null=True, blank=True, related_name="resolutions", verbose_name="议题"
    )
    title = models.CharField("标题", max_length=200)
    text = models.TextField("正文")
    adopted_on = models.DateField("通过日期")

    objects = OfSittingQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "决议"
        ordering = ["-adopted_on", "pk"]

    def __str__(self) -> str:
        return self.title
