"""疗休养: dated rules, batches, and who applied, was chosen and went."""

from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from members.branches.models import Branch
from members.cohorts.models import CohortKind
from members.people.models import Person
from union_portal.base.history import tracked
from union_portal.base.models import StateMove, always, apart, once
from union_portal.base.querysets import WholeListQuerySet
from welfare.books.querysets import PersonalQuerySet
from welfare.disclosure.models import Disclosure
from welfare.recuperation.enums import (
    APPLICATION_MACHINE,
    BATCH_MACHINE,
    ApplicationState,
    BatchState,
    Criterion,
    Frequency,
    Scope,
)

_AMOUNT: dict[str, Any] = {"max_digits": 10, "decimal_places": 2, "validators": [MinValueValidator(Decimal(0))]}
_SOME = [MinValueValidator(1)]
_YEARS = [*_SOME, MaxValueValidator(20)]


@tracked()
class RecuperationRule(models.Model):
    """疗休养标准: days, money and how often, from a day on."""

    name = models.CharField("名称", max_length=100)
    scope = models.CharField("范围", max_length=8, choices=Scope.choices)
    source = models.CharField("依据", max_length=200, help_text="文件名称、文号和条款。")
    valid_from = models.DateField("生效日期")
    valid_to = models.DateField("失效日期", null=True, blank=True)
    days_max = models.PositiveSmallIntegerField("天数上限", validators=_SOME, help_text="含往返。")
    day_cap = models.DecimalField("每人每天上限（元）", **_AMOUNT)
    year_cap = models.DecimalField("每人每年上限（元）", null=True, blank=True, **_AMOUNT)
    frequency = models.CharField("频次", max_length=8, choices=Frequency.choices)
    years = models.PositiveSmallIntegerField("年数", validators=_YEARS, help_text="间隔、周期或轮到全员的年数。")
    cycle_from = models.PositiveSmallIntegerField(
        "首个周期起始年",
        null=True,
        blank=True,
        validators=[MinValueValidator(1950), MaxValueValidator(2100)],
    )
    service_years = models.PositiveSmallIntegerField("须来校满（年）", default=0, validators=[MaxValueValidator(60)])

    objects = WholeListQuerySet.as_manager()
    empty_words = "疗休养的天数、标准和频次，按文件的生效日期分条登记。"

    class Meta:
        verbose_name = verbose_name_plural = "疗休养标准"
        ordering = ["-valid_from", "scope"]
        constraints = [
            apart("scope", words="这个范围在这段时间已有标准，请先填写原标准的失效日期。"),
            always(Q(valid_to__gte=F("valid_from")), name="days_in_order", words="失效日期早于生效日期。"),
            always(
                ~Q(frequency=Frequency.CYCLE) | Q(cycle_from__isnull=False),
                name="cycles_begin",
                words="按周期计的，请填写首个周期起始年。",
            ),
        ]

    def __str__(self) -> str:
        return self.name


@tracked()
class SelectionCriterion(models.Model):
    """入选次序: what decides first, second, third."""

    rule = models.ForeignKey(RecuperationRule, models.PROTECT, related_name="criteria", verbose_name="疗休养标准")
    position = models.PositiveSmallIntegerField("次序", validators=_SOME)
    kind = models.CharField("条件", max_length=12, choices=Criterion.choices)
    cohort = models.ForeignKey(
        CohortKind, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="特殊群体"
    )

    objects = WholeListQuerySet.as_manager()
    empty_words = "人多名额少时按什么次序入选；在疗休养标准的页面上登记。"

    class Meta:
        verbose_name = verbose_name_plural = "入选次序"
        ordering = ["rule", "position"]
        constraints = [
            once("rule", "position", words="这个次序已经登记。"),
            always(~Q(kind=Criterion.COHORT) | Q(cohort__isnull=False), name="which_cohort", words="请选择特殊群体。"),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.get_kind_display()}{f'：{self.cohort}' if self.cohort else ''}"


@tracked()
class RecuperationBatch(models.Model):
    """疗休养批次."""

    machine = BATCH_MACHINE

    name = models.CharField("名称", max_length=100)
    rule = models.ForeignKey(RecuperationRule, models.PROTECT, related_name="batches", verbose_name="疗休养标准")
    destination = models.CharField("地点", max_length=100, blank=True)
    starts_on = models.DateField("出发日期")
    ends_on = models.DateField("返回日期")
    places = models.PositiveSmallIntegerField("名额", validators=_SOME)
    price = models.DecimalField("每人费用（元）", **_AMOUNT)
    exception = models.CharField("超天数的理由与文件", max_length=200, blank=True)
    disclosure = models.ForeignKey(
        *(Disclosure, models.PROTECT),
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="名单公示",
    )
    state = models.CharField("状态", max_length=12, choices=BatchState.choices, default=BatchState.PLANNED)

    objects = WholeListQuerySet.as_manager()
    empty_words = "一年里的疗休养批次：哪天去哪里、多少名额、每人多少费用。"

    class Meta:
        verbose_name = verbose_name_plural = "疗休养批次"
        ordering = ["-starts_on", "-pk"]
        constraints = [
            once(
                *("name", "starts_on"),
                condition=~Q(state=BatchState.CANCELLED),
                words="这个批次已经登记。",
            ),
            always(Q(ends_on__gte=F("starts_on")), name="days_in_order", words="返回日期早于出发日期。"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def days(self) -> int:
        """How many days it takes, both ends counted."""
        return (self.ends_on - self.starts_on).days + 1

    def clean(self) -> None:
        """Warn of more days than the rule has, and of a rule that is not in force: a reason or another rule is due."""
        if self.rule_id is None or self.starts_on is None or self.ends_on is None:
            return
        rule = self.rule
        if self.starts_on < rule.valid_from or (rule.valid_to is not None and self.starts_on > rule.valid_to):
            raise ValidationError({"rule": f"“{rule}”在 {self.starts_on} 不适用。"})
        if self.days > rule.days_max and not self.exception.strip():
            words = f"{rule.get_scope_display()}不超过 {rule.days_max} 天（{rule.source}），本批 {self.days} 天；"
            raise ValidationError({"exception": f"{words}确需超出的，请写明理由和批准文件。"})


class RecuperationBatchMove(StateMove):
    subject = models.ForeignKey(RecuperationBatch, models.PROTECT, related_name="moves")


@tracked()
class RecuperationApplication(models.Model):
    """疗休养报名; what was decided and why stays with it."""

    machine = APPLICATION_MACHINE

    batch = models.ForeignKey(RecuperationBatch, models.PROTECT, related_name="applications", verbose_name="疗休养批次")
    person = models.ForeignKey(Person, models.PROTECT, related_name="recuperations", verbose_name="人员")
    branch = models.ForeignKey(
        Branch, models.PROTECT, null=True, blank=True, editable=False, related_name="+", verbose_name="当时所属分工会"
    )
    companions = models.PositiveSmallIntegerField("自费随行人数", default=0)
    state = models.CharField("状态", max_length=12, choices=ApplicationState.choices, default=ApplicationState.APPLIED)
    rank = models.PositiveSmallIntegerField("次序", null=True, blank=True, editable=False)
    grounds = models.TextField("排序依据", blank=True, editable=False)
    union_share = models.DecimalField("工会负担（元）", null=True, blank=True, editable=False, **_AMOUNT)
    own_share = models.DecimalField("个人负担（元）", null=True, blank=True, editable=False, **_AMOUNT)
    policy = models.CharField("意外险保单号", max_length=64, blank=True)

    objects = PersonalQuerySet.as_manager()
    empty_words = "谁报名、是否入选和依据、工会和个人各负担多少、是否投保。"

    class Meta:
        verbose_name = verbose_name_plural = "疗休养报名"
        ordering = ["-batch", "rank", "pk"]
        constraints = [
            once(
                *("batch", "person"),
                condition=~Q(state=ApplicationState.WITHDRAWN),
                words="此人已报名这个批次。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.batch}"


class RecuperationApplicationMove(StateMove):
    subject = models.ForeignKey(RecuperationApplication, models.PROTECT, related_name="moves")
