"""Benefits, the occasions they are given on, and the dated rules that judge them."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import Func, Q, Value
from django.db.models.functions import Coalesce

from members.kin.enums import Relation
from members.people.enums import PersonKind
from union_portal.base.history import tracked
from union_portal.base.models import Dated, always
from union_portal.base.querysets import DatedQuerySet
from welfare.benefits.enums import (
    GRAVE,
    CapBasis,
    Category,
    Couples,
    DateBasis,
    Festival,
    Form,
    Level,
    Severity,
)
from welfare.books.models import Fund, LedgerAccount
from welfare.life_events.enums import EventKind
from welfare.workdays.enums import TermUnit


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

    It is about one item, about a category, or about all benefits. The rules of all levels (nation, province, city,
    school) bind at once. `variant` tells rules apart that hold at the same time (surgery, death of a parent); a rule of
    a variant stands in the place of the general one of its level. `date_basis` is the day by which a rule is chosen,
    its cap's year counted and its claim window begun.
    """

    benefit = models.ForeignKey(
        Benefit, models.PROTECT, null=True, blank=True, related_name="rules", verbose_name="福利项目"
    )
    category = models.CharField(
        "福利类别",
        max_length=24,
        choices=Category.choices,
        blank=True,
        help_text="对整类福利作规定时填写；福利项目和类别都不填，即适用于全部福利。",
    )
    level = models.CharField("层级", max_length=12, choices=Level.choices, default=Level.SCHOOL)
    issuer = models.CharField("发文单位", max_length=64, blank=True)
    document = models.CharField("文件名称和文号", max_length=200, blank=True)
    variant = models.CharField("情形", max_length=32, blank=True)
    relations = ArrayField(
        models.CharField(max_length=16, choices=Relation.choices), default=list, blank=True, verbose_name="亲属关系"
    )
    population = ArrayField(
        models.CharField(max_length=16, choices=PersonKind.choices), default=list, blank=True, verbose_name="适用人员"
    )
    payer = models.ForeignKey(Fund, models.PROTECT, null=True, blank=True, related_name="rules", verbose_name="列支")
    form = models.CharField("形式", max_length=16, choices=Form.choices, blank=True)
    standard = models.DecimalField("标准（元）", max_digits=12, decimal_places=2, null=True, blank=True)
    cap = models.DecimalField("上限（元或%）", max_digits=12, decimal_places=2, null=True, blank=True)
    cap_basis = models.CharField("上限口径", max_length=24, choices=CapBasis.choices, default=CapBasis.PER_EVENT)
    inclusive = models.BooleanField("可等于上限", default=True)
    times = models.PositiveSmallIntegerField("限几次", null=True, blank=True)
    per_years = models.PositiveSmallIntegerField("每几年", default=1, help_text="次数按几年计；0 表示一生。")
    same_condition_once = models.BooleanField("同一疾病每年一次", default=False)
    couples = models.CharField("双职工", max_length=16, choices=Couples.choices, default=Couples.EACH)
    date_basis = models.CharField("日期口径", max_length=12, choices=DateBasis.choices, default=DateBasis.GIVEN)
    claim_length = models.PositiveSmallIntegerField("申请期限", null=True, blank=True)
    claim_unit = models.CharField("期限单位", max_length=8, choices=TermUnit.choices, default=TermUnit.DAYS)
    grace_days = models.PositiveSmallIntegerField(
        "退回后补正期限（天）", null=True, blank=True, help_text="申请期限过后，退回的申请还可以补正几天；不填即不限。"
    )
    severity = models.CharField("违反时", max_length=8, choices=Severity.choices, default=Severity.REASON)
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
                    # A standard of one item, of a category or of all; two caps of one clause differ in what they count.
                    (Coalesce("benefit", Value(0)), RangeOperators.EQUAL),
                    (Coalesce("payer", Value(0)), RangeOperators.EQUAL),
                    ("category", RangeOperators.EQUAL),
                    ("level", RangeOperators.EQUAL),
                    ("variant", RangeOperators.EQUAL),
                    ("cap_basis", RangeOperators.EQUAL),
                    (_Days("valid_from", "valid_to", Value("[]")), RangeOperators.OVERLAPS),
                ],
                condition=Q(example=False),
                violation_error_message="同一层级、同一福利项目和情形、同一上限口径的标准，有效期不能重叠。",
            ),
            always(
                Q(benefit__isnull=True) | Q(category=""),
                name="one_scope",
                words="福利项目和福利类别只填一项。",
            ),
            # What is for a category or for all says no form and no amount to propose.
            always(
                Q(benefit__isnull=False) | Q(standard__isnull=True),
                name="standard_of_an_item",
                words="标准金额须写在具体的福利项目上。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scope} {self.variant} {self.valid_from}".replace("  ", " ")

    @property
    def scope(self) -> str:
        """What it is about, in words: one item, a category, all."""
        if self.benefit is not None:
            return self.benefit.name
        return f"{self.get_category_display()}（整类）" if self.category else "全部福利"
