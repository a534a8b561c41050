"""Sessions (次会议), each body's sitting in them, agenda, papers and presidium."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from congress.bodies.enums import Bound
from congress.bodies.models import Congress
from congress.sessions.enums import (
    RUNNING,
    SITTING_MACHINE,
    AgendaKind,
    AgendaOutcome,
    PresidiumPost,
    SessionKind,
    SittingState,
)
from congress.sessions.querysets import AgendaQuerySet, OfSessionQuerySet, SessionQuerySet, SittingQuerySet
from members.people.models import Person
from union_portal.base.chinese.numerals import numeral
from union_portal.base.history import tracked
from union_portal.base.models import StateMove, always, once
from union_portal.base.papers import HandoutField


@tracked()
class Session(models.Model):
    """次会议: one gathering of one body or, as 双代会, of two; what each body does is its `Sitting`."""

    title = models.CharField("会议名称", max_length=100)
    kind = models.CharField("会议类型", max_length=16, choices=SessionKind.choices, default=SessionKind.REGULAR)
    convened_on = models.DateField("召开日期")
    ends_on = models.DateField("结束日期", null=True, blank=True)
    place = models.CharField("地点", max_length=100, blank=True)
    minutes = models.TextField("会议记录", blank=True)
    recorded = models.BooleanField("补录（无签到）", default=False)
    source = models.CharField("来源", max_length=200, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="录入人"
    )

    objects = SessionQuerySet.as_manager()
    empty_words = "代表大会的每一次会议；召集后签到、表决、选举都在会议的页面上，往年的可以导入。"

    class Meta:
        verbose_name = verbose_name_plural = "会议"
        ordering = ["-convened_on", "-pk"]
        constraints = [
            once("title", "convened_on", words="该会议已登记。"),
            always(
                Q(ends_on__isnull=True) | Q(ends_on__gte=F("convened_on")),
                name="days_in_order",
                words="会议结束不能早于开始。",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def lasts(self, *, on: dt.date) -> bool:
        """Whether the day is one of its days."""
        return self.convened_on <= on <= (self.ends_on or self.convened_on)

    @property
    def days(self) -> str:
        """Its days in words."""
        return f"{self.convened_on}" + (
            f" 至 {self.ends_on}" if self.ends_on and self.ends_on != self.convened_on else ""
        )


@tracked()
class Sitting(models.Model):
    """One body's part of a session: its number within the term, its roll, and 应到 as fixed at the opening."""

    machine = SITTING_MACHINE

    session = models.ForeignKey(Session, models.CASCADE, related_name="sittings", verbose_name="会议")
    congress = models.ForeignKey(Congress, models.PROTECT, related_name="sittings", verbose_name="届次")
    number = models.PositiveSmallIntegerField("届内次数", null=True, blank=True)
    state = models.CharField("状态", max_length=16, choices=SittingState.choices, default=SittingState.PLANNED)
    due = models.PositiveIntegerField("应到人数", null=True, blank=True)
    present = models.PositiveIntegerField("开会时实到", null=True, blank=True)
    opened_at = models.DateTimeField("开会时间", null=True, blank=True)
    closed_at = models.DateTimeField("闭幕时间", null=True, blank=True)

    objects = SittingQuerySet.as_manager()
    empty_words = "一次会议中教代会或工代会各自的一场：应到、实到和议程；随会议一起召集。"

    class Meta:
        verbose_name = verbose_name_plural = "会议（分大会）"
        ordering = ["-session__convened_on", "congress__body", "pk"]
        constraints = [
            once("session", "congress", words="该团体已在本次会议中。"),
            once(
                *("congress", "number"),
                condition=~Q(state=SittingState.CANCELLED),
                name="number_once",
                words="该届已有此次数的会议。",
            ),
            always(
                ~Q(state=SittingState.OPEN)
                | Q(due__isnull=False, due__gt=0, present__isnull=False, opened_at__isnull=False),
                name="open_has_a_roll",
            ),
            always(
                Q(present__isnull=True) | Q(due__isnull=True) | Q(present__lte=F("due")),
                name="present_of_due",
                words="实到代表多于应到代表。",
            ),
        ]

    @property
    def agenda_changes(self) -> bool:
        """Whether its agenda may still change: until the close, and always where it was recorded afterwards."""
        return self.state in RUNNING or self.session.recorded

    def __str__(self) -> str:
        return f"{self.congress}第{numeral(self.number)}次会议" if self.number else f"{self.congress} {self.session}"


class SittingMove(StateMove):
    subject = models.ForeignKey(Sitting, models.PROTECT, related_name="moves")


@tracked()
class PresidiumMember(models.Model):
    session = models.ForeignKey(Session, models.CASCADE, related_name="presidium", verbose_name="会议")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="人员")
    post = models.CharField("职务", max_length=16, choices=PresidiumPost.choices, default=PresidiumPost.MEMBER)

    objects = OfSessionQuerySet.as_manager()
    empty_words = "一次会议的主席团成员；在会议的页面上产生。"

    class Meta:
        verbose_name = verbose_name_plural = "主席团成员"
        ordering = ["session", "post", "person__stroke_key"]
        constraints = [once("session", "person", words="该人员已在主席团名单中。")]

    def __str__(self) -> str:
        return f"{self.person} {self.get_post_display()}"


@tracked()
class AgendaItem(models.Model):
    """议题: what a body hears, reviews, passes or elects. Its own majority overrides the congress's."""

    sitting = models.ForeignKey(Sitting, models.CASCADE, related_name="agenda", verbose_name="会议（分大会）")
    position = models.PositiveSmallIntegerField("序号")
    kind = models.CharField("类别", max_length=8, choices=AgendaKind.choices)
    title = models.CharField("议题", max_length=200)
    presenter = models.CharField("报告人", max_length=100, blank=True)
    majority_numerator = models.PositiveSmallIntegerField("通过比例：份", null=True, blank=True)
    majority_denominator = models.PositiveSmallIntegerField("通过比例：共", null=True, blank=True)
    majority_bound = models.CharField("通过比例：起点", max_length=16, choices=Bound.choices, default=Bound.MORE_THAN)
    outcome = models.CharField("结果", max_length=16, choices=AgendaOutcome.choices, default=AgendaOutcome.PENDING)
    decided_on = models.DateField("决定日期", null=True, blank=True)

    objects = AgendaQuerySet.as_manager()
    empty_words = "会议要听取、审议、表决和选举的议题；在会议的页面上安排，也可以导入。"

    class Meta:
        verbose_name = verbose_name_plural = "议题"
        ordering = ["sitting", "position", "pk"]
        constraints = [
            once(
                "sitting",
                "position",
                words="该序号已有其他议题。",
                name="position_once",
                deferrable=models.Deferrable.DEFERRED,
            ),
            always(
                Q(majority_numerator__isnull=True, majority_denominator__isnull=True)
                | Q(majority_numerator__gte=1, majority_denominator__gt=F("majority_numerator")),
                name="majority_is_a_share",
                words="通过比例须为真分数，如 2/3；按届次规定的，两格都留空。",
            ),
            always(
                Q(outcome__in=[AgendaOutcome.PENDING, AgendaOutcome.WITHDRAWN]) | Q(decided_on__isnull=False),
                name="decided_has_a_day",
                words="已有结果的议题须填写决定日期。",
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
    file = HandoutField("文件", blank=False, door="congress:document")
    published_on = models.DateField("发布日期", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "会议文件"
        ordering = ["item", "pk"]

    def __str__(self) -> str:
        return self.title
