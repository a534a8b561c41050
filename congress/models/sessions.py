"""Sessions (次会议), each body's sitting in them, the roll, the presidium and what was resolved."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from congress.enums import SITTING_MACHINE, CheckIn, PresidiumPost, SessionKind, SittingState
from congress.models.bodies import Congress, Delegate, Delegation
from congress.querysets import OfSessionQuerySet, RollQuerySet, SessionQuerySet, SittingQuerySet
from members.models import Person
from union_portal.base.chinese.numerals import numeral
from union_portal.base.history import tracked
from union_portal.base.models import StateMove


@tracked()
class Session(models.Model):
    """次会议: one gathering of one body or, as 双代会, of two; what each body does is its `Sitting`."""

    title = models.CharField("标题", max_length=100)
    kind = models.CharField("类别", max_length=16, choices=SessionKind.choices, default=SessionKind.REGULAR)
    convened_on = models.DateField("召开日期")
    ends_on = models.DateField("结束", null=True, blank=True)
    place = models.CharField("地点", max_length=100, blank=True)
    minutes = models.TextField("会议记录", blank=True)
    recorded = models.BooleanField("补录（无签到）", default=False)
    source = models.CharField("来源", max_length=200, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="录入人"
    )

    objects = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "会议"
        ordering = ["-convened_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["title", "convened_on"],
                name="congress_session_once",
                violation_error_message="该会议已登记。",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("convened_on")),
                name="congress_session_days_in_order",
                violation_error_message="会议结束不能早于开始。",
            ),
        ]

    def __str__(self) -> str:
        return self.title


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

    class Meta:
        verbose_name = verbose_name_plural = "会议（分大会）"
        ordering = ["-session__convened_on", "congress__body", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "congress"],
                name="congress_sitting_once",
                violation_error_message="该团体已在本次会议中。",
            ),
            models.UniqueConstraint(
                fields=["congress", "number"],
                name="congress_sitting_number_once",
                violation_error_message="该届已有此次数的会议。",
            ),
            models.CheckConstraint(
                condition=~Q(state=SittingState.OPEN)
                | Q(due__isnull=False, due__gt=0, present__isnull=False, opened_at__isnull=False),
                name="congress_open_sitting_has_a_roll",
            ),
            models.CheckConstraint(
                condition=Q(present__isnull=True) | Q(due__isnull=True) | Q(present__lte=F("due")),
                name="congress_sitting_present_of_due",
                violation_error_message="实到代表多于应到代表。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.congress}第{numeral(self.number)}次会议" if self.number else f"{self.congress} {self.session}"


class SittingMove(StateMove):
    subject = models.ForeignKey(Sitting, models.PROTECT, related_name="moves", verbose_name="会议（分大会）")

    class Meta(StateMove.Meta):
        verbose_name = verbose_name_plural = "会议的流转"

    def __str__(self) -> str:
        return f"{self.source} → {self.target}"


class RollEntry(models.Model):
    """One line of a sitting's roll, copied when it is drawn up: who is due, with or without a vote, and who came.

    `code` is the personal code shown on the phone; it admits its owner to this sitting and nothing else.
    """

    sitting = models.ForeignKey(Sitting, models.CASCADE, related_name="roll", verbose_name="会议（分大会）")
    person = models.ForeignKey(Person, models.PROTECT, related_name="roll_entries", verbose_name="人员")
    delegate = models.ForeignKey(
        Delegate, models.PROTECT, null=True, blank=True, related_name="roll_entries", verbose_name="代表资格"
    )
    delegation = models.ForeignKey(
        Delegation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="roll_entries",
        verbose_name="代表团",
    )
    votes = models.BooleanField("有表决权", default=True)
    code = models.CharField("个人签到码", max_length=8)
    excused = models.CharField("请假原因", max_length=200, blank=True)
    came_at = models.DateTimeField("签到时间", null=True, blank=True)
    left_at = models.DateTimeField("离席时间", null=True, blank=True)
    check_in = models.CharField("签到方式", max_length=8, choices=CheckIn.choices, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="登记人"
    )

    objects = RollQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "签到名单"
        ordering = ["sitting", "delegation__number", "person__pinyin_key", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["sitting", "person"], name="congress_roll_person_once"),
            models.UniqueConstraint(fields=["sitting", "code"], name="congress_roll_code_once"),
            models.CheckConstraint(
                condition=Q(left_at__isnull=True) | (Q(came_at__isnull=False) & Q(left_at__gte=F("came_at"))),
                name="congress_roll_left_after_coming",
                violation_error_message="离席时间不能早于签到时间。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sitting} {self.person}"


@tracked()
class PresidiumMember(models.Model):
    """主席团 of a session."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="presidium", verbose_name="会议")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="人员")
    post = models.CharField("职务", max_length=16, choices=PresidiumPost.choices, default=PresidiumPost.MEMBER)

    objects = OfSessionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "主席团成员"
        ordering = ["session", "post", "person__stroke_key"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "person"],
                name="congress_presidium_once",
                violation_error_message="该人员已在主席团名单中。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.get_post_display()}"


@tracked()
class CredentialsReport(models.Model):
    """代表资格审查报告: the composition of a sitting's delegates as examined, with the committee's words."""

    sitting = models.OneToOneField(Sitting, models.CASCADE, related_name="credentials", verbose_name="会议（分大会）")
    examined_on = models.DateField("审查日期")
    counts = models.JSONField("代表构成", default=dict)
    text = models.TextField("正文")
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="撰写人"
    )

    class Meta:
        verbose_name = verbose_name_plural = "代表资格审查报告"

    def __str__(self) -> str:
        return f"{self.sitting} {self.examined_on}"
