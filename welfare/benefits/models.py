"""Benefits, the occasions they are given on, and the dated rules that judge them."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import Func, Q, Value

from members.kin.enums import Relation
from union_portal.base.history import tracked
from union_portal.base.models import Dated
from union_portal.base.querysets import DatedQuerySet
from welfare.benefits.enums import GRAVE, CapBasis, Category, Festival, Form
from welfare.books.models import LedgerAccount
from welfare.life_events.enums import EventKind


@tracked()
class Benefit(models.Model):
    """福利项目: what the union gives, in which form and under which 科目."""

    code = models.CharField("编码", max_length=32, unique=True)
    name = models.CharField("名称", max_length=64, unique=True)
    category = models.CharField("类别", max_length=24, choices=Category.choices)
    form = models.CharField("形式", max_length=16, choices=Form.choices)
    event_kind = models.CharField("婚育病丧", max_length=16, choices=EventKind.choices, blank=True)
    account = models.ForeignKey(
        LedgerAccount, models.PROTECT, null=True, blank=True, related_name="benefits", verbose_name="科目"
    )
    unit = models.CharField("单位", max_length=8, default="份")
    non_members = models.BooleanField("也适用于非会员", default=False)
    active = models.BooleanField("启用", default=True)
    note = models.TextField("备注", blank=True)
    empty_words = "工会给会员的每一项福利和慰问：以什么形式、列支哪个科目。"

    class Meta:
        verbose_name = verbose_name_plural = "福利项目"
        ordering = ["category", "code"]

    def __str__(self) -> str:
        return self.name

    @property
    def grave(self) -> bool:
        """Whether it is about death or illness, so that its pages speak softly."""
        return self.category in GRAVE

    def given_on(self, occasion: "Occasion | None") -> str:
        """Join both names, saying once what both say: 2026年妇女节 and 三八妇女节慰问品 make 2026年三八妇女节慰问品."""
        before = occasion.name if occasion else ""
        own = self.name.removeprefix("节日") if before.endswith("节") else self.name
        shared = next((before[at:] for at in range(len(before) - 1) if before[at:] in own), "")
        return before.removesuffix(shared) + own


class Occasion(models.Model):
    """What a round is for: 2024年春节, 2024年生日, 2024年夏送清凉. A benefit is given once per occasion."""

    code = models.CharField("编码", max_length=32, unique=True)
    name = models.CharField("名称", max_length=64, unique=True)
    year = models.PositiveSmallIntegerField("年度")
    festival = models.CharField("节日", max_length=16, choices=Festival.choices, blank=True)
    day = models.DateField("日期", null=True, blank=True, help_text="留空则为该节日当天。")
    empty_words = "发放批次所为的节日或活动，例如 2026年春节；同一项福利在一个节日只发一次。"

    class Meta:
        verbose_name = verbose_name_plural = "节日与活动"
        ordering = ["-year", "day", "code"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Fall on the festival's own day unless another is told."""
        if self.festival and self.year and self.day is None:
            self.day = Festival(self.festival).day_in(self.year)


class _Days(Func):
    function = "DATERANGE"
    output_field = DateRangeField()


@tracked()
class BenefitRule(Dated):
    """慰问标准: what is due and how much at most, from a day to a day, with the clause it comes from.

    `variant` tells rules of one benefit apart that hold at the same time (surgery, death of a parent).
    """

    benefit = models.ForeignKey(Benefit, models.PROTECT, related_name="rules", verbose_name="福利项目")
    variant = models.CharField("情形", max_length=32, blank=True)
    relations = ArrayField(
        models.CharField(max_length=16, choices=Relation.choices), default=list, blank=True, verbose_name="亲属关系"
    )
    form = models.CharField("形式", max_length=16, choices=Form.choices)
    standard = models.DecimalField("标准（元）", max_digits=12, decimal_places=2, null=True, blank=True)
    cap = models.DecimalField("上限（元或%）", max_digits=12, decimal_places=2, null=True, blank=True)
    cap_basis = models.CharField("上限口径", max_length=24, choices=CapBasis.choices, default=CapBasis.PER_EVENT)
    times_per_year = models.PositiveSmallIntegerField("每年次数", null=True, blank=True)
    claim_days = models.PositiveSmallIntegerField("申请期限（天）", null=True, blank=True)
    evidence = models.TextField("证明材料", blank=True)
    source = models.CharField("依据条款", max_length=300)
    example = models.BooleanField("仅为示例", default=False)

    objects = DatedQuerySet.as_manager()
    empty_words = "每项慰问从哪天起按什么金额、最高多少、依据哪一条；登记时据此带出金额、提示超标。"

    class Meta(Dated.Meta):
        verbose_name = verbose_name_plural = "慰问标准"
        ordering = ["benefit", "variant", "-valid_from"]
        constraints = [
            *Dated.Meta.constraints,
            ExclusionConstraint(
                name="welfare_rule_no_overlap",
                expressions=[
                    ("benefit", RangeOperators.EQUAL),
                    ("variant", RangeOperators.EQUAL),
                    (_Days("valid_from", "valid_to", Value("[]")), RangeOperators.OVERLAPS),
                ],
                condition=Q(example=False),
                violation_error_message="同一福利项目、同一情形的标准，有效期不能重叠。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.benefit} {self.variant} {self.valid_from}".replace("  ", " ")
