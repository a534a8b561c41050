"""Suggestions (意见建议), the drives (金点子) that collect them, and the groups they are answered in."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from congress.delegates.models import Delegation
from congress.departments.models import Department
from congress.sessions.models import Session
from congress.suggestions.enums import SUGGESTION_MACHINE, SuggestionSource, SuggestionState
from congress.suggestions.querysets import SuggestionDriveQuerySet, SuggestionQuerySet
from members.people.models import Person
from union_portal.base.history import tracked
from union_portal.base.models import StateMove


@tracked()
class SuggestionDrive(models.Model):
    """金点子、合理化建议征集: open to all members for some weeks."""

    title = models.CharField("标题", max_length=100)
    opens_on = models.DateField("开始日期")
    closes_on = models.DateField("截止日期")
    words = models.TextField("征集说明", blank=True)

    objects = SuggestionDriveQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "金点子征集"
        ordering = ["-opens_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["title", "opens_on"], name="congress_suggestiondrive_once"),
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("opens_on")),
                name="congress_suggestiondrive_days_in_order",
                violation_error_message="截止须晚于开始。",
            ),
        ]

    def __str__(self) -> str:
        return self.title


@tracked()
class SuggestionGroup(models.Model):
    """Suggestions about one matter, answered together."""

    title = models.CharField("标题", max_length=100)
    session = models.ForeignKey(
        Session, models.PROTECT, null=True, blank=True, related_name="suggestion_groups", verbose_name="会议"
    )

    objects = SuggestionDriveQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "意见建议分组"
        ordering = ["title", "pk"]

    def __str__(self) -> str:
        return self.title


@tracked()
class Suggestion(models.Model):
    """意见建议: from a group discussion, a letter or a drive; answered in writing. Proposals passed on stay there."""

    machine = SUGGESTION_MACHINE

    source = models.CharField("来源", max_length=16, choices=SuggestionSource.choices)
    session = models.ForeignKey(
        Session, models.PROTECT, null=True, blank=True, related_name="suggestions", verbose_name="会议"
    )
    drive = models.ForeignKey(
        SuggestionDrive, models.PROTECT, null=True, blank=True, related_name="suggestions", verbose_name="征集"
    )
    delegation = models.ForeignKey(
        Delegation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="suggestions",
        verbose_name="代表团",
    )
    author = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="suggestions", verbose_name="提出人"
    )
    group = models.ForeignKey(
        SuggestionGroup, models.SET_NULL, null=True, blank=True, related_name="suggestions", verbose_name="分组"
    )
    title = models.CharField("标题", max_length=100)
    text = models.TextField("内容")
    state = models.CharField("状态", max_length=16, choices=SuggestionState.choices, default=SuggestionState.COLLECTED)
    collected_on = models.DateField("收集日期")
    department = models.ForeignKey(
        Department,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="suggestions",
        verbose_name="承办部门",
    )
    due_on = models.DateField("答复期限", null=True, blank=True)
    answer = models.TextField("答复", blank=True)
    answered_on = models.DateField("答复日期", null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="答复人",
    )
    published = models.BooleanField("向全体会员公开", default=False)
    recorded = models.BooleanField("补录", default=False)

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "意见建议"
        ordering = ["-collected_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=SuggestionState.SENT) | Q(department__isnull=False),
                name="congress_suggestion_sent_to_somebody",
                violation_error_message="请选择部门。",
            ),
            models.CheckConstraint(
                condition=~Q(state=SuggestionState.ANSWERED)
                | Q(recorded=True)
                | (~Q(answer="") & Q(answered_on__isnull=False)),
                name="congress_suggestion_answered_in_writing",
                violation_error_message="意见建议须书面答复。",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class SuggestionMove(StateMove):
    subject = models.ForeignKey(Suggestion, models.PROTECT, related_name="moves", verbose_name="意见建议")

    class Meta(StateMove.Meta):
        verbose_name = verbose_name_plural = "意见建议的流转"

    def __str__(self) -> str:
        return f"{self.source} → {self.target}"
