"""Mutual-aid plans and who is covered from when to when."""

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from members.branches.models import Branch
from members.people.enums import Gender
from members.people.models import Person
from union_portal.base.history import tracked
from union_portal.base.models import StateMove, always
from union_portal.base.models.constraints import days
from union_portal.base.periods import months_later
from welfare.approvals.models import PaperApproval
from welfare.books.models import LedgerAccount
from welfare.mutual_aid.enums import COVER_MACHINE, CoverState, PayerShare
from welfare.mutual_aid.querysets import CoverQuerySet

_CENT = Decimal("0.01")
_SHARE = [MinValueValidator(0), MaxValueValidator(100)]
_SHARED = "共同负担的填写；余下的由会员个人负担。"


@tracked()
class MutualAidPlan(models.Model):
    """互助保障计划: a cover year need not be a calendar year."""

    code = models.CharField("编码", max_length=32, unique=True)
    name = models.CharField("名称", max_length=64, unique=True)
    insurer = models.CharField("承保机构", max_length=100, blank=True)
    months = models.PositiveSmallIntegerField("保障月数", default=12)
    premium = models.DecimalField("保费（元）", max_digits=10, decimal_places=2, null=True, blank=True)
    payer = models.CharField("缴费方", max_length=8, choices=PayerShare.choices, default=PayerShare.UNION)
    union_percent = models.DecimalField(
        "工会负担（%）", max_digits=5, decimal_places=2, null=True, blank=True, validators=_SHARE, help_text=_SHARED
    )
    school_percent = models.DecimalField(
        "行政负担（%）", max_digits=5, decimal_places=2, null=True, blank=True, validators=_SHARE, help_text=_SHARED
    )
    own_collected = models.BooleanField(
        "代收个人部分", default=False, help_text="个人部分由工会代收代缴的，记入代管款项的账套；个人自行缴纳的不记账。"
    )
    only_gender = models.CharField("仅限", max_length=8, choices=Gender.choices, blank=True)
    also_retired = models.BooleanField("离退休人员也可参保", default=False)
    account = models.ForeignKey(
        LedgerAccount, models.PROTECT, null=True, blank=True, related_name="plans", verbose_name="科目"
    )
    waiting_days = models.PositiveSmallIntegerField(
        "首次参保等待天数", default=0, help_text="续保的没有等待期；没有等待期的填 0。"
    )
    least_ratio = models.DecimalField(
        "最低参保率（%）",
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=_SHARE,
    )
    whole_below = models.PositiveIntegerField(
        "须全员参保的人数", null=True, blank=True, help_text="不足此人数的单位须全员参保，如 100。"
    )
    renew_days = models.PositiveSmallIntegerField("到期前几天提醒续保", default=30)
    active = models.BooleanField("启用", default=True)
    empty_words = "在职职工互助保障等计划：保障期、保费和适用的人。"

    class Meta:
        verbose_name = verbose_name_plural = "互助保障计划"
        ordering = ["code"]
        constraints = [
            always(
                ~Q(payer=PayerShare.SHARED)
                | Q(
                    union_percent__isnull=False,
                    school_percent__isnull=False,
                    union_percent__lte=100 - F("school_percent"),
                ),
                name="shares_are_told",
                words="共同负担的，请填写工会、行政各负担的百分比，合计不超过 100。",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def last_day(self, starts_on: dt.date) -> dt.date:
        """Return the last day of a cover that begins on the day: the plan's months later, one day before."""
        return months_later(starts_on, self.months) - dt.timedelta(days=1)

    def parts(self, premium: Decimal | None) -> dict[str, Decimal]:
        """Return what of a premium union and school bear, to the cent; the member bears what is left."""
        whole = premium or Decimal(0)
        percents = {
            PayerShare.UNION: (100, 0),
            PayerShare.SCHOOL: (0, 100),
            PayerShare.SHARED: (self.union_percent or 0, self.school_percent or 0),
        }
        union, school = percents.get(PayerShare(self.payer), (0, 0))
        borne = (whole * union / 100).quantize(_CENT, ROUND_HALF_UP)
        # Two parts rounded up are never more than the whole.
        return {
            "union_part": borne,
            "school_part": min((whole * school / 100).quantize(_CENT, ROUND_HALF_UP), whole - borne),
        }


_PART: dict[str, Any] = {"max_digits": 10, "decimal_places": 2, "default": 0, "editable": False}


@tracked()
class Cover(models.Model):
    """参保: one person in one plan for one term."""

    plan = models.ForeignKey(MutualAidPlan, models.PROTECT, related_name="covers", verbose_name="保障计划")
    person = models.ForeignKey(Person, models.PROTECT, related_name="covers", verbose_name="人员")
    branch = models.ForeignKey(
        Branch, models.PROTECT, null=True, blank=True, related_name="covers", verbose_name="当时所属分工会"
    )
    starts_on = models.DateField("起始日期")
    ends_on = models.DateField("截止日期")
    paid_on = models.DateField("缴费日期")
    premium = models.DecimalField(
        "保费（元）", max_digits=10, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    union_part = models.DecimalField("工会负担（元）", **_PART)
    school_part = models.DecimalField("行政负担（元）", **_PART)
    source = models.CharField("来源", max_length=200)
    offline_approval = models.CharField("审批依据", max_length=200, blank=True)
    paper_approval = models.ForeignKey(
        PaperApproval, models.PROTECT, null=True, blank=True, related_name="covers", verbose_name="线下审批"
    )
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="录入人"
    )

    state = models.CharField("状态", max_length=16, choices=CoverState.choices, default=CoverState.COVERED)

    machine = COVER_MACHINE
    objects = CoverQuerySet.as_manager()
    empty_words = "谁在哪一期参加了哪个互助保障计划；可以按名单一次参保。"

    class Meta:
        verbose_name = verbose_name_plural = "参保"
        ordering = ["-starts_on", "plan"]
        indexes = [
            models.Index(fields=["-starts_on", "-id"], name="welfare_cover_latest"),
            models.Index(fields=["paid_on"], name="welfare_cover_paid"),
        ]
        constraints = [
            ExclusionConstraint(
                name="welfare_cover_no_overlap",
                expressions=[
                    ("plan", RangeOperators.EQUAL),
                    ("person", RangeOperators.EQUAL),
                    (days("starts_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
                condition=Q(state__in=[CoverState.COVERED, CoverState.WITHDRAWN]),
                violation_error_message="该人员在此计划的这段时间已有保障，保障期不能重叠。",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")),
                name="welfare_cover_dates_in_order",
                violation_error_message="保障截止日期须晚于起始日期。",
            ),
            always(
                Q(union_part__gte=0, school_part__gte=0)
                & Q(union_part__lte=Coalesce("premium", Decimal(0)) - F("school_part")),
                name="parts_of_the_premium",
                words="工会、行政负担的合计不能超过保费。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.plan} {self.starts_on}"


class CoverMove(StateMove):
    subject = models.ForeignKey(Cover, models.PROTECT, related_name="moves", verbose_name="参保")

    class Meta(StateMove.Meta):
        verbose_name = verbose_name_plural = "参保变动"

    def __str__(self) -> str:
        return f"{self.source} → {self.target}"
