"""Life events and grants: who received what, for which occasion or event, judged by which rule."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from members.enums import Relation
from members.models import Branch, Person
from union_portal.base.history import tracked
from union_portal.base.models import StateMove
from welfare.enums import GRANT_MACHINE, LIVING, EventKind, Form, GrantState, WarningCode
from welfare.models.catalogue import Benefit, BenefitRule, Occasion
from welfare.models.rounds import Round
from welfare.querysets import GrantQuerySet, SchoolQuerySet


@tracked(exclude=("note",))
class LifeEvent(models.Model):
    """事件: one death, one birth, one stay, however many colleagues it concerns; grants hang on it.

    `whose` is the person it happened to; for kin outside the register it is the member who reported it and `relation`
    says who it happened to, seen from that member.
    """

    kind = models.CharField("类别", max_length=16, choices=EventKind.choices)
    whose = models.ForeignKey(Person, models.PROTECT, related_name="life_events", verbose_name="当事人")
    relation = models.CharField("与本人关系", max_length=16, choices=Relation.choices, blank=True)
    occurred_on = models.DateField("日期")
    ended_on = models.DateField("结束", null=True, blank=True)
    variant = models.CharField("情形", max_length=32, blank=True)
    note = models.CharField("备注", max_length=200, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="录入人"
    )
    entered_at = models.DateTimeField("录入时间", auto_now_add=True)

    objects = SchoolQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "婚育病丧"
        ordering = ["-occurred_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "whose", "relation", "occurred_on"],
                name="welfare_event_once",
                violation_error_message="该事件已登记。",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("occurred_on")),
                name="welfare_event_dates_in_order",
                violation_error_message="结束日期不能早于起始日期。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.occurred_on}"


class Grant(models.Model):
    """慰问（发放）记录: one benefit for one person. A round's roster is made of these, a single case is one."""

    machine = GRANT_MACHINE

    person = models.ForeignKey(Person, models.PROTECT, related_name="grants", verbose_name="人员")
    benefit = models.ForeignKey(Benefit, models.PROTECT, related_name="grants", verbose_name="福利项目")
    rule = models.ForeignKey(
        BenefitRule, models.PROTECT, null=True, blank=True, related_name="grants", verbose_name="标准"
    )
    round = models.ForeignKey(
        Round, models.PROTECT, null=True, blank=True, related_name="grants", verbose_name="发放批次"
    )
    occasion = models.ForeignKey(
        Occasion, models.PROTECT, null=True, blank=True, related_name="grants", verbose_name="节日与活动"
    )
    event = models.ForeignKey(
        LifeEvent, models.PROTECT, null=True, blank=True, related_name="grants", verbose_name="婚育病丧"
    )
    relation = models.CharField("与本人关系", max_length=16, choices=Relation.choices, blank=True)
    supplements = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="supplemented_by", verbose_name="补充"
    )
    branch = models.ForeignKey(
        Branch, models.PROTECT, null=True, blank=True, related_name="grants", verbose_name="当时所属分工会"
    )
    tier = models.CharField("档次", max_length=32, blank=True)
    state = models.CharField("状态", max_length=16, choices=GrantState.choices)
    form = models.CharField("形式", max_length=16, choices=Form.choices)
    amount = models.DecimalField("金额（元）", max_digits=12, decimal_places=2, null=True, blank=True)
    granted_on = models.DateField("日期")
    received_on = models.DateField("已领取", null=True, blank=True)
    received_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="代领人"
    )
    reason = models.CharField("原因", max_length=200, blank=True)
    source = models.CharField("来源", max_length=200, blank=True)
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="经办人"
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="审批人"
    )
    approved_at = models.DateTimeField("已审批", null=True, blank=True)
    offline_approval = models.CharField("审批依据", max_length=200, blank=True)

    objects = GrantQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "慰问记录"
        ordering = ["-granted_on", "-pk"]
        indexes = [
            models.Index(fields=["benefit", "granted_on"], name="welfare_grant_day"),
            models.Index(fields=["round", "state"], name="welfare_grant_round"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "benefit", "occasion"],
                condition=Q(state__in=LIVING, supplements__isnull=True, occasion__isnull=False),
                name="welfare_grant_once_per_occasion",
                violation_error_message="该人员已在此节日或活动中享受此项福利。",
            ),
            models.UniqueConstraint(
                fields=["person", "benefit", "event"],
                condition=Q(state__in=LIVING, supplements__isnull=True, event__isnull=False),
                name="welfare_grant_once_per_event",
                violation_error_message="该人员就此事件已享受此项福利。",
            ),
            models.CheckConstraint(
                condition=Q(occasion__isnull=False) | Q(event__isnull=False),
                name="welfare_grant_has_a_ground",
                violation_error_message="慰问须对应节日与活动或婚育病丧。",
            ),
            models.CheckConstraint(
                condition=~Q(state=GrantState.RECEIVED) | Q(received_on__isnull=False),
                name="welfare_grant_received_has_a_day",
                violation_error_message="已领取的须填领取日期。",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[GrantState.EXCLUDED, GrantState.DECLINED, GrantState.CANCELLED])
                | ~Q(reason=""),
                name="welfare_grant_refusal_has_a_reason",
                violation_error_message="请填写原因。",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | Q(prepared_by__isnull=True) | ~Q(prepared_by=F("approved_by")),
                name="welfare_grant_four_eyes",
                violation_error_message="经办人和审批人不能是同一人。",
            ),
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gte=0),
                name="welfare_grant_amount_not_negative",
                violation_error_message="金额不能为负。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.benefit} {self.granted_on}"


class GrantMove(StateMove):
    subject = models.ForeignKey(Grant, models.PROTECT, related_name="moves", verbose_name="慰问记录")

    class Meta(StateMove.Meta):
        verbose_name = verbose_name_plural = "慰问记录变动"

    def __str__(self) -> str:
        return f"{self.source} → {self.target}"


class RuleWarning(models.Model):
    """What a rule objected to in a round or a single case: once per clause, answered with a reason and a document."""

    round = models.ForeignKey(
        Round, models.PROTECT, null=True, blank=True, related_name="warnings", verbose_name="发放批次"
    )
    grant = models.ForeignKey(
        Grant, models.PROTECT, null=True, blank=True, related_name="warnings", verbose_name="慰问记录"
    )
    rule = models.ForeignKey(
        BenefitRule, models.PROTECT, null=True, blank=True, related_name="warnings", verbose_name="标准"
    )
    code = models.CharField("提示", max_length=24, choices=WarningCode.choices)
    detail = models.CharField("说明", max_length=300)
    heads = models.PositiveIntegerField("涉及人数", default=1)
    reason = models.CharField("原因", max_length=300, blank=True)
    document = models.CharField("决定文件", max_length=200, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="说明人"
    )
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="确认人",
    )
    raised_at = models.DateTimeField("提出时间", auto_now_add=True)

    objects = SchoolQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "超标提醒"
        ordering = ["-raised_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "grant", "rule", "code"], nulls_distinct=False, name="welfare_warning_once"
            ),
            models.CheckConstraint(
                condition=Q(round__isnull=False) | Q(grant__isnull=False), name="welfare_warning_has_a_subject"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True)
                | (Q(answered_by__isnull=False) & ~Q(answered_by=F("confirmed_by")) & ~Q(reason="") & ~Q(document="")),
                name="welfare_warning_four_eyes",
                violation_error_message="须由另一人确认理由和文件。",
            ),
        ]

    def __str__(self) -> str:
        return self.detail
