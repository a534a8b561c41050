"""Health checks: who may go where and when, who went, and what was refunded.

Nothing of what a doctor found has a place here, by design: the portal knows attended or not, never how somebody is.
"""

from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from members.branches.models import Branch
from members.people.enums import Gender
from members.people.models import Person
from union_portal.base.history import tracked
from union_portal.base.models import StateMove, always, once
from union_portal.base.querysets import WholeListQuerySet
from union_portal.base.validators import not_in_future
from welfare.books.querysets import PersonalQuerySet
from welfare.health_checks.enums import (
    BOOKING_MACHINE,
    HEALTH_CHECK_MACHINE,
    Audience,
    BookingState,
    HealthCheckState,
    Payer,
)

_AMOUNT: dict[str, Any] = {"max_digits": 10, "decimal_places": 2, "validators": [MinValueValidator(Decimal("0.01"))]}


@tracked()
class HealthCheck(models.Model):
    """A check of one year, for staff or for retirees."""

    machine = HEALTH_CHECK_MACHINE

    name = models.CharField("名称", max_length=100)
    year = models.PositiveSmallIntegerField("年度", validators=[MinValueValidator(1950), MaxValueValidator(2100)])
    audience = models.CharField("对象", max_length=12, choices=Audience.choices, default=Audience.STAFF)
    starts_on = models.DateField("开始日期")
    ends_on = models.DateField("截止日期")
    roster_on = models.DateField("人员截止日", null=True, blank=True, help_text="此日之后来校的不在本次体检范围。")
    payer = models.CharField("经费来源", max_length=8, choices=Payer.choices, default=Payer.SCHOOL)
    commission = models.CharField("委托文件", max_length=200, blank=True, help_text="由工会经费支付的，须有书面委托。")
    state = models.CharField("状态", max_length=12, choices=HealthCheckState.choices, default=HealthCheckState.PLANNED)

    objects = WholeListQuerySet.as_manager()
    empty_words = "每年的教职工体检：机构、套餐、日期和名额；谁参加了，自行体检的报销多少。体检结果不进入平台。"

    class Meta:
        verbose_name = verbose_name_plural = "体检安排"
        ordering = ["-year", "-starts_on", "-pk"]
        constraints = [
            once("name", condition=~Q(state=HealthCheckState.CANCELLED), words="这个名称的体检安排已经登记。"),
            always(Q(ends_on__gte=F("starts_on")), name="days_in_order", words="截止日期早于开始日期。"),
            always(
                ~Q(payer=Payer.UNION) | ~Q(commission=""),
                name="union_pays_upon_commission",
                words="体检由学校行政出资；由工会经费支付的，请填写书面委托的文号。",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class HealthCheckMove(StateMove):
    subject = models.ForeignKey(HealthCheck, models.PROTECT, related_name="moves")


@tracked()
class CheckHospital(models.Model):
    """体检机构 of a check, with its contract."""

    health_check = models.ForeignKey(HealthCheck, models.PROTECT, related_name="hospitals", verbose_name="体检安排")
    name = models.CharField("体检机构", max_length=100)
    contract = models.CharField("合同编号", max_length=100, blank=True)
    contracted_on = models.DateField("签约日期", null=True, blank=True)
    list_first = models.BooleanField("须先报名单", default=False)

    objects = WholeListQuerySet.as_manager()
    empty_words = "与哪些医院签了体检合同；在体检安排的页面上登记。"

    class Meta:
        verbose_name = verbose_name_plural = "体检机构"
        ordering = ["health_check", "name"]
        constraints = [once("health_check", "name", words="这个机构已经登记。")]

    def __str__(self) -> str:
        return self.name


@tracked()
class CheckPackage(models.Model):
    """体检套餐: the standard of a band of ages, and how often those in it are due."""

    health_check = models.ForeignKey(HealthCheck, models.PROTECT, related_name="packages", verbose_name="体检安排")
    name = models.CharField("套餐", max_length=64)
    gender = models.CharField("性别", max_length=8, choices=Gender.choices, blank=True, help_text="留空为男女相同。")
    age_from = models.PositiveSmallIntegerField("年龄起", default=0, help_text="按体检年度减出生年份计算。")
    age_to = models.PositiveSmallIntegerField("年龄止", null=True, blank=True)
    every_years = models.PositiveSmallIntegerField("间隔年数", default=1, validators=[MinValueValidator(1)])
    cap = models.DecimalField("标准（元）", **_AMOUNT)

    objects = WholeListQuerySet.as_manager()
    empty_words = "各年龄段的套餐、标准和间隔；在体检安排的页面上登记。"

    class Meta:
        verbose_name = verbose_name_plural = "体检套餐"
        ordering = ["health_check", "gender", "age_from"]
        constraints = [
            once("health_check", "name", words="这个套餐已经登记。"),
            always(
                Q(age_to__isnull=True) | Q(age_to__gte=F("age_from")), name="ages_in_order", words="年龄止小于年龄起。"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def covers(self, *, gender: str, age: int) -> bool:
        """Tell whether somebody of this gender and age of the year is in the band."""
        return self.gender in {"", gender} and self.age_from <= age and (self.age_to is None or age <= self.age_to)

    def clean(self) -> None:
        """Refuse bands of one check that share an age: everybody has at most one standard."""
        if self.health_check_id is None or self.age_from is None:
            return
        same = Q(gender="") | Q(gender=self.gender) if self.gender else Q()
        others = CheckPackage.objects.filter(same, health_check=self.health_check_id).exclude(pk=self.pk)
        apart = Q(age_to__lt=self.age_from) | (Q(age_from__gt=self.age_to) if self.age_to is not None else Q(pk=None))
        if other := others.exclude(apart).first():
            raise ValidationError({"age_from": f"与“{other}”的年龄段重叠，每人只能适用一个标准。"})


@tracked()
class CheckDay(models.Model):
    """A day at a hospital, with its places."""

    hospital = models.ForeignKey(CheckHospital, models.PROTECT, related_name="days", verbose_name="体检机构")
    on = models.DateField("体检日期")
    places = models.PositiveSmallIntegerField("名额", validators=[MinValueValidator(1)])

    objects = WholeListQuerySet.as_manager()
    empty_words = "每家机构哪天接待多少人；在体检机构的页面上登记。"

    class Meta:
        verbose_name = verbose_name_plural = "体检日"
        ordering = ["on", "hospital"]
        constraints = [once("hospital", "on", words="这家机构的这一天已经登记。")]

    def __str__(self) -> str:
        return f"{self.hospital} {self.on}"

    def clean(self) -> None:
        """Refuse fewer places than are booked."""
        taken = self.bookings.exclude(state=BookingState.CANCELLED).count() if self.pk else 0
        if self.places is not None and self.places < taken:
            raise ValidationError({"places": f"已有 {taken:,} 人预约这一天，名额不能少于已约人数。"})


@tracked()
class CheckBooking(models.Model):
    """体检预约: one person in one check; without a day somebody goes on his own and is refunded."""

    machine = BOOKING_MACHINE

    health_check = models.ForeignKey(HealthCheck, models.PROTECT, related_name="bookings", verbose_name="体检安排")
    person = models.ForeignKey(Person, models.PROTECT, related_name="check_bookings", verbose_name="人员")
    day = models.ForeignKey(
        *(CheckDay, models.PROTECT),
        null=True,
        blank=True,
        related_name="bookings",
        verbose_name="体检日",
        help_text="留空为自行到医院体检，凭发票报销。",
    )
    branch = models.ForeignKey(
        *(Branch, models.PROTECT),
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="当时所属分工会",
    )
    package = models.ForeignKey(
        *(CheckPackage, models.PROTECT),
        null=True,
        blank=True,
        editable=False,
        related_name="bookings",
        verbose_name="体检套餐",
    )
    state = models.CharField("状态", max_length=12, choices=BookingState.choices, default=BookingState.BOOKED)
    attended_on = models.DateField("参检日期", null=True, blank=True, validators=[not_in_future])
    invoice_number = models.CharField("发票号码", max_length=40, blank=True)
    invoice_amount = models.DecimalField("发票金额（元）", null=True, blank=True, **_AMOUNT)
    refunded_on = models.DateField("报销日期", null=True, blank=True, validators=[not_in_future])
    refund = models.DecimalField("报销金额（元）", null=True, blank=True, editable=False, **_AMOUNT)

    objects = PersonalQuerySet.as_manager()
    empty_words = "谁约了哪一天、是否参检；医院的参检名单可以导入，按工号对应。"

    class Meta:
        verbose_name = verbose_name_plural = "体检预约"
        ordering = ["-pk"]
        constraints = [
            once(
                *("health_check", "person"),
                condition=~Q(state=BookingState.CANCELLED),
                words="此人在本次体检中已有预约，每人只能约一次。",
            ),
            once(
                "invoice_number",
                name="invoice_once",
                condition=~Q(invoice_number="") & ~Q(state=BookingState.CANCELLED),
                words="这张发票已经登记报销。",
            ),
            always(
                ~Q(state__in=[BookingState.ATTENDED, BookingState.REFUNDED]) | Q(attended_on__isnull=False),
                name="attended_has_a_day",
                words="请填写参检日期。",
            ),
            always(
                ~Q(state=BookingState.REFUNDED)
                | Q(refund__isnull=False, refund__lte=F("invoice_amount"), refunded_on__isnull=False),
                name="refund_within_invoice",
                words="报销金额不能超过发票金额。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.health_check}"

    @property
    def next_year(self) -> int | None:
        """The year in which the person is due again, by the interval of the band of this check."""
        came = self.state in {BookingState.ATTENDED, BookingState.REFUNDED}
        return self.health_check.year + self.package.every_years if came and self.package else None


class CheckBookingMove(StateMove):
    subject = models.ForeignKey(CheckBooking, models.PROTECT, related_name="moves")


@tracked()
class TurnoutQuota(models.Model):
    """参检要求: what share of a branch is to come, by how many it has."""

    health_check = models.ForeignKey(HealthCheck, models.PROTECT, related_name="quotas", verbose_name="体检安排")
    members_from = models.PositiveIntegerField("分工会人数起")
    percent = models.PositiveSmallIntegerField("参检率（%）", validators=[MaxValueValidator(100)])

    objects = WholeListQuerySet.as_manager()
    empty_words = "分工会多少人以上要求多大的参检率；在体检安排的页面上登记。"

    class Meta:
        verbose_name = verbose_name_plural = "参检要求"
        ordering = ["health_check", "members_from"]
        constraints = [once("health_check", "members_from", words="这一档已经登记。")]

    def __str__(self) -> str:
        return f"{self.members_from:,} 人起 {self.percent}%"
