"""Suggestions (意见建议), the drives (金点子) that collect them, and the groups they are answered in."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from congress.delegates.models import Delegation
from congress.departments.models import Department
from congress.handling.enums import ReplyKind
from congress.sessions.models import Session
from congress.suggestions.enums import SUGGESTION_MACHINE, SuggestionSource, SuggestionState
from congress.suggestions.querysets import SuggestionDriveQuerySet, SuggestionQuerySet
from members.people.models import Person
from union_portal.base.history import tracked
from union_portal.base.models import StateMove, always, once
from union_portal.base.validators import not_in_future


@tracked()
class SuggestionDrive(models.Model):
    """金点子、合理化建议征集: open to all members for some weeks."""

    title = models.CharField("标题", max_length=100)
    opens_on = models.DateField("开始日期")
    closes_on = models.DateField("截止日期")
    words = models.TextField("征集说明", blank=True)

    objects = SuggestionDriveQuerySet.as_manager()
    empty_words = "金点子、合理化建议的征集：开放给全体会员几个星期。"

    class Meta:
        verbose_name = verbose_name_plural = "金点子征集"
        ordering = ["-opens_on", "-pk"]
        constraints = [
            once("title", "opens_on", words="该次征集已登记。"),
            always(Q(closes_on__gte=F("opens_on")), name="days_in_order", words="截止须晚于开始。"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_running(self) -> bool:
        """Whether it takes suggestions today."""
        return self.opens_on <= timezone.localdate() <= self.closes_on


@tracked()
class SuggestionGroup(models.Model):
    """Suggestions about one matter, answered together."""

    title = models.CharField("组名", max_length=100)
    session = models.ForeignKey(
        Session, models.PROTECT, null=True, blank=True, related_name="suggestion_groups", verbose_name="会议"
    )

    objects = SuggestionDriveQuerySet.as_manager()
    empty_words = "同一件事的意见建议并为一组，一次答复。"

    class Meta:
        verbose_name = verbose_name_plural = "意见建议分组"
        ordering = ["title", "pk"]

    def __str__(self) -> str:
        return self.title


@tracked()
class Suggestion(models.Model):
    """意见建议: from a discussion, a letter or a drive; answered in writing. Proposals passed on stay proposals."""

    machine = SUGGESTION_MACHINE

    source = models.CharField("来源", max_length=16, choices=SuggestionSource.choices)
    session = models.ForeignKey(
        Session, models.PROTECT, null=True, blank=True, related_name="suggestions", verbose_name="会议"
    )
    delegation = models.ForeignKey(
        Delegation, models.PROTECT, null=True, blank=True, related_name="suggestions", verbose_name="代表团"
    )
    drive = models.ForeignKey(
        SuggestionDrive, models.PROTECT, null=True, blank=True, related_name="suggestions", verbose_name="征集"
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
    collected_on = models.DateField("收集日期", validators=[not_in_future])
    department = models.ForeignKey(
        Department,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="suggestions",
        limit_choices_to={"closed_on": None},
        verbose_name="承办部门",
    )
    due_on = models.DateField("答复期限", null=True, blank=True)
    answer = models.TextField("答复", blank=True)
    reply_kind = models.CharField("答复类型", max_length=8, choices=ReplyKind.choices, blank=True)
    answered_on = models.DateField("答复日期", null=True, blank=True, validators=[not_in_future])
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="答复人"
    )
    published = models.BooleanField("向全体会员公开", default=False, help_text="提出人姓名始终不公开。")
    recorded = models.BooleanField("补录", default=False, editable=False)

    objects = SuggestionQuerySet.as_manager()
    empty_words = "会员和代表的意见建议，转给部门并书面答复；往年的可以导入。"

    class Meta:
        verbose_name = verbose_name_plural = "意见建议"
        ordering = ["-collected_on", "-pk"]
        _sent = ~Q(state=SuggestionState.SENT) | Q(department__isnull=False)
        _in_writing = (
            ~Q(state=SuggestionState.ANSWERED) | Q(recorded=True) | (~Q(answer="") & Q(answered_on__isnull=False))
        )
        _in_order = Q(answered_on__isnull=True) | Q(answered_on__gte=F("collected_on"))
        constraints = [
            always(_sent, name="sent_to_somebody", words="请选择部门。"),
            always(_in_writing, name="answered_in_writing", words="意见建议须书面答复。"),
            always(_in_order, name="answered_later", words="答复日期早于提出日期。"),
        ]

    def __str__(self) -> str:
        return self.title


class SuggestionMove(StateMove):
    subject = models.ForeignKey(Suggestion, models.PROTECT, related_name="moves", verbose_name="意见建议")
