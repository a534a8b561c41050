"""Grants with the row of the round they belong to, their moves and the warnings of the rules."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from members.branches.models import Branch
from members.kin.enums import Relation
from members.people.models import Person
from union_portal.base.history import tracked
from union_portal.base.models import StateMove
from welfare.approvals.models import PaperApproval
from welfare.benefits.enums import Form
from welfare.benefits.models import Benefit, BenefitRule, Occasion
from welfare.books.models import Book, Fund
from welfare.books.querysets import SchoolQuerySet
from welfare.grants.enums import GRANT_MACHINE, LIVING, ROUND_MACHINE, GrantState, RoundState, WarningCode
from welfare.grants.querysets import GrantQuerySet
from welfare.life_events.models import LifeEvent


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

    class Meta:
        verbose_name = verbose_name_plural = "发放批次"
        ordering = ["-cut_off_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | Q(prepared_by__isnull=True) | ~Q(prepared_by=F("approved_by")),
                name="welfare_round_four_eyes",
                violation_error_message="经办人和审批人不能是同一人。",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[RoundState.DRAFT, RoundState.CANCELLED]) | Q(locked_at__isnull=False),
                name="welfare_round_locked_has_time",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[RoundState.SUBMITTED, RoundState.APPROVED])
                | (Q(unit_price__isnull=False) & Q(prepared_by__isnull=False))
                | ~Q(offline_approval=""),
                name="welfare_round_priced_before_approval",
                violation_error_message="请先确定单价，再提交审批。",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[RoundState.APPROVED, RoundState.CLOSED])
                | Q(approved_by__isnull=False)
                | ~Q(offline_approval=""),
                name="welfare_round_approved_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(unit_price__isnull=True) | Q(unit_price__gt=0),
                name="welfare_round_price_positive",
                violation_error_message="单价须大于零。",
            ),
        ]

    def __str__(self) -> str:
        return self.name or f"{self.occasion} {self.benefit}"


class Grant(models.Model):
    """慰问（发放）记录: one benefit for one person. A round's roster is made of these, a single case is one."""

    machine = GRANT_MACHINE
    moves_with = "round"

    person = models.ForeignKey(Person, models.PROTECT, related_name="grants", verbose_name="人员")
    benefit = models.ForeignKey(Benefit, models.PROTECT, related_name="grants", verbose_name="福利项目", db_index=False)
    rule = models.ForeignKey(
        BenefitRule, models.PROTECT, null=True, blank=True, related_name="grants", verbose_name="标准", db_index=False
    )
    round = models.ForeignKey(
        Round, models.PROTECT, null=True, blank=True, related_name="grants", verbose_name="发放批次", db_index=False
    )
    occasion = models.ForeignKey(
        Occasion, models.PROTECT, null=True, blank=True, related_name="grants", verbose_name="节日与活动"
    )
    event = models.ForeignKey(
        LifeEvent, models.PROTECT, null=True, blank=True, related_name="grants", verbose_name="婚育病丧", db_index=False
    )
    relation = models.CharField("与本人关系", max_length=16, choices=Relation.choices, blank=True)
    supplements = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="supplemented_by",
        verbose_name="补充",
        db_index=False,
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
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="代领人", db_index=False
    )
    reason = models.CharField("原因", max_length=200, blank=True)
    source = models.CharField("来源", max_length=200, blank=True)
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="经办人",
        db_index=False,
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="审批人",
        db_index=False,
    )
    approved_at = models.DateTimeField("已审批", null=True, blank=True)
    offline_approval = models.CharField("审批依据", max_length=200, blank=True)
    paper_approval = models.ForeignKey(
        PaperApproval,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="grants",
        verbose_name="线下审批",
        db_index=False,
    )
    # Recorded from a list that asks for it: posted once the list's approval is confirmed.
    to_post = models.BooleanField("待记台账", default=False, db_default=False)

    objects = GrantQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "慰问记录"
        ordering = ["-granted_on", "-pk"]
        indexes = [
            models.Index(fields=["benefit", "granted_on"], name="welfare_grant_day"),
            models.Index(fields=["round", "state"], name="welfare_grant_round"),
            # Only a case's: a round of ten thousand writes every index at each of its steps.
            *(
                models.Index(fields=[name], condition=Q(**{f"{name}__isnull": False}), name=f"welfare_grant_{name}")
                for name in (
                    *("rule", "event", "supplements", "received_by", "prepared_by", "approved_by", "paper_approval"),
                )
            ),
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

    @property
    def title(self) -> str:
        """Occasion and benefit as one name."""
        return self.benefit.given_on(self.occasion)


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
    reason = models.CharField("仍需办理的理由", max_length=300, blank=True)
    document = models.CharField(
        "决定文件",
        max_length=200,
        blank=True,
        help_text="写明文件名称、文号和日期，例如工会委员会会议纪要。",
    )
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


class RoundMove(StateMove):
    subject = models.ForeignKey(Round, models.PROTECT, related_name="moves", verbose_name="发放批次")

    class Meta(StateMove.Meta):
        verbose_name = verbose_name_plural = "批次变动"

    def __str__(self) -> str:
        return f"{self.subject} {self.source} → {self.target}"
