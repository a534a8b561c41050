"""The drive that collects proposals for a session, with its rules, and the categories proposals are sorted into."""

from django.db import models
from django.db.models import F, Q

from congress.drives.enums import Publication
from congress.drives.querysets import CategoryQuerySet, DriveQuerySet
from congress.sessions.models import Session
from union_portal.base.history import tracked


class ProposalCategory(models.Model):
    """提案类别, as the report counts them."""

    code = models.SlugField("编码", max_length=32, unique=True)
    name = models.CharField("名称", max_length=64, unique=True)
    position = models.PositiveSmallIntegerField("顺序", default=0)
    in_use = models.BooleanField("使用中", default=True)

    objects = CategoryQuerySet.as_manager()
    empty_words = "提案的类别，报告按它们统计。"

    class Meta:
        verbose_name = verbose_name_plural = "提案类别"
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name


@tracked()
class ProposalDrive(models.Model):
    """提案征集 for one session: when, who may propose, and the rules that every proposal of it follows.

    Days are calendar days. What comes after `closes_at` becomes a suggestion.
    """

    session = models.OneToOneField(Session, models.PROTECT, related_name="drive", verbose_name="会议")
    code = models.CharField("编号前缀", max_length=16, unique=True, help_text="填 2024，则编号为 2024-001、2024-002……")
    opens_on = models.DateField("开始日期")
    closes_at = models.DateTimeField("截止时间")
    min_seconders = models.PositiveSmallIntegerField("附议人数不少于", default=2)
    delegations_propose = models.BooleanField("代表团可集体提案", default=True)
    observers_propose = models.BooleanField("列席代表可提案", default=False)
    precheck = models.BooleanField("代表团团长预审", default=False)
    leader_approves = models.BooleanField("立案须经领导审批", default=True)
    sign_off = models.BooleanField("答复须经分管领导签批", default=True)
    reply_days = models.PositiveSmallIntegerField("答复期限（天）", default=60)
    feedback_days = models.PositiveSmallIntegerField("评价期限（天）", default=15)
    published = models.CharField("向全体会员公开", max_length=8, choices=Publication.choices, default=Publication.STATE)
    reconciliation = models.TextField(
        "差异说明",
        blank=True,
        help_text="征集数与各项结果之和不一致时须说明。",
    )

    objects = DriveQuerySet.as_manager()
    empty_words = "一次会议的提案征集：起止时间、谁可以提、要几人附议；开始以后代表才能提交。"

    class Meta:
        verbose_name = verbose_name_plural = "提案征集"
        ordering = ["-opens_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_at__date__gte=F("opens_on")),
                name="congress_drive_days_in_order",
                violation_error_message="截止须晚于开始。",
            ),
            models.CheckConstraint(
                condition=Q(reply_days__gte=1, feedback_days__gte=1),
                name="congress_drive_days_positive",
                violation_error_message="至少一天。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session}"
