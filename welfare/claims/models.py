"""Standards of claims as dated data, the papers a plan asks for, and claims of covers."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from members.branches.models import Branch
from members.people.models import Person
from union_portal.base.history import tracked
from union_portal.base.models import StateMove, always, once
from union_portal.base.models.constraints import apart
from union_portal.base.querysets import WholeListQuerySet
from union_portal.base.validators import not_in_future
from welfare.claims.enums import CLAIM_MACHINE, LIVING, ClaimState, DayCount, Formula, ReturnCode
from welfare.claims.querysets import ClaimQuerySet, ClaimRuleQuerySet
from welfare.mutual_aid.models import Cover, MutualAidPlan
from welfare.workdays.enums import TermUnit

# What a formula cannot do without.
_NEEDED: dict[str, tuple[str, ...]] = {
    Formula.PER_DAY: ("amount", "counting"),
    Formula.RATIO: ("percent",),
    Formula.FIXED: ("amount",),
}


_SHARE = [MinValueValidator(0), MaxValueValidator(100)]


def _money(label: str, **options: Any) -> Any:
    given: dict[str, Any] = {"null": True, "blank": True, "validators": [MinValueValidator(0)], **options}
    return models.DecimalField(label, max_digits=12, decimal_places=2, **given)


@tracked()
class ClaimRule(models.Model):
    """理赔标准: what a plan pays for one class of event, and until when it is claimed, from a day on.

    Per day: `amount` yuan for each day after the first `free_days`, at most `most_days`. Ratio: `percent` of what lies
    above the `deductible`. Fixed: `amount` yuan for the class, on the first diagnosis only where `first_only`.
    """

    plan = models.ForeignKey(MutualAidPlan, models.PROTECT, related_name="claim_rules", verbose_name="保障计划")
    grade = models.CharField("类别", max_length=32, blank=True, help_text="如“二类”；不分类别的留空。")
    formula = models.CharField("计算方式", max_length=8, choices=Formula.choices)
    amount = _money("每天或定额（元）")
    free_days = models.PositiveSmallIntegerField("免赔天数", default=0, help_text="自第 4 天起计的填 3。")
    most_days = models.PositiveSmallIntegerField("最多天数", null=True, blank=True)
    counting = models.CharField("天数算法", max_length=16, choices=DayCount.choices, blank=True)
    percent = models.DecimalField("比例（%）", max_digits=5, decimal_places=2, null=True, blank=True, validators=_SHARE)
    deductible = _money("起付线（元）", null=False, default=0)
    first_only = models.BooleanField("仅首次确诊", default=False)
    period_cap = _money("每个保障期上限（元）")
    notice_length = models.PositiveSmallIntegerField("报告期限", null=True, blank=True)
    notice_unit = models.CharField("报告期限单位", max_length=8, choices=TermUnit.choices, blank=True)
    papers_length = models.PositiveSmallIntegerField("申请期限", null=True, blank=True)
    papers_unit = models.CharField("申请期限单位", max_length=8, choices=TermUnit.choices, blank=True)
    source = models.CharField("依据", max_length=200, blank=True)
    valid_from = models.DateField("生效日期")
    valid_to = models.DateField("失效日期", null=True, blank=True)
    objects = ClaimRuleQuerySet.as_manager()
    empty_words = "每个互助保障计划赔多少、多少天内申请；按保障条款填写，条款变更时新增一条。"

    class Meta:
        verbose_name = verbose_name_plural = "理赔标准"
        ordering = ["plan", "grade", "-valid_from"]
        constraints = [
            apart("plan", "grade", words="该计划此类别在这段时间已有标准。"),
            always(
                Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="days_in_order",
                words="失效日期不能早于生效日期。",
            ),
            *(
                always(
                    Q(**{f"{name}_length__isnull": True}) | ~Q(**{f"{name}_unit": ""}),
                    name=f"{name}_has_a_unit",
                    words="请选择期限的单位。",
                )
                for name in ("notice", "papers")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan}{self.grade and f'（{self.grade}）'}"

    def clean(self) -> None:
        """Ask for what the formula computes with."""
        missing = [name for name in _NEEDED.get(self.formula, ()) if getattr(self, name) in (None, "")]
        if missing:
            label = self._meta.get_field(missing[0]).verbose_name  # type: ignore[union-attr]
            raise ValidationError({missing[0]: f"{self.get_formula_display()}的标准须填写“{label}”。"})


@tracked()
class ClaimPaperKind(models.Model):
    """理赔材料: a paper that a plan asks for, to be seen as the original, kept as a copy, or both."""

    plan = models.ForeignKey(MutualAidPlan, models.PROTECT, related_name="paper_kinds", verbose_name="保障计划")
    name = models.CharField("材料", max_length=64)
    original = models.BooleanField("核对原件", default=True)
    copy = models.BooleanField("留存复印件", default=True)
    active = models.BooleanField("启用", default=True)
    objects = WholeListQuerySet.as_manager()
    empty_words = "每个计划理赔时要交的材料：出院记录、费用结算单、身份证等。"

    class Meta:
        verbose_name = verbose_name_plural = "理赔材料"
        ordering = ["plan", "pk"]
        constraints = [
            once("plan", "name", words="该计划已有这种材料。"),
            always(Q(original=True) | Q(copy=True), name="asks_for_something", words="核对、留存至少选一项。"),
        ]

    def __str__(self) -> str:
        return self.name


@tracked()
class Claim(models.Model):
    """理赔: one claim of a cover for one event; the standard of its first day says what is due.

    Which cover and standard it is are found from person, plan, class and day; the illness is nowhere.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="claims", verbose_name="人员")
    plan = models.ForeignKey(MutualAidPlan, models.PROTECT, related_name="claims", verbose_name="保障计划")
    grade = models.CharField("类别", max_length=32, blank=True, help_text="按类别定额的计划填写，与理赔标准一致。")
    cover = models.ForeignKey(Cover, models.PROTECT, related_name="claims", verbose_name="参保", editable=False)
    rule = models.ForeignKey(ClaimRule, models.PROTECT, related_name="claims", verbose_name="理赔标准", editable=False)
    branch = models.ForeignKey(
        Branch,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="claims",
        verbose_name="当时所属分工会",
    )
    occurred_on = models.DateField("入院或出险日期", validators=[not_in_future])
    ended_on = models.DateField("出院日期", null=True, blank=True, validators=[not_in_future])
    settled_on = models.DateField("费用结算日期", null=True, blank=True, validators=[not_in_future])
    base = _money("费用基数（元）", help_text="按费用比例的计划：条款规定的费用，如医保内自付部分。")
    notified_on = models.DateField("报告日期", null=True, blank=True, validators=[not_in_future])
    applied_on = models.DateField("申请日期", validators=[not_in_future])
    late_reason = models.CharField("逾期说明", max_length=200, blank=True)
    amount = _money("核算金额（元）", null=False, default=0, editable=False)
    sent_on = models.DateField("报送日期", null=True, blank=True, validators=[not_in_future])
    paid_on = models.DateField("到账日期", null=True, blank=True, validators=[not_in_future])
    paid_amount = _money("赔付金额（元）")
    return_code = models.CharField("退回或拒赔原因", max_length=16, choices=ReturnCode.choices, blank=True)
    state = models.CharField("状态", max_length=16, choices=ClaimState.choices, default=ClaimState.DRAFT)
    source = models.CharField("来源", max_length=200, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="录入人",
    )
    machine = CLAIM_MACHINE
    objects = ClaimQuerySet.as_manager()
    empty_words = "参保教职工的理赔申请：经分工会、校工会报承保机构，到赔付为止；往年的可以导入。"

    class Meta:
        verbose_name = verbose_name_plural = "理赔"
        ordering = ["-applied_on", "-pk"]
        constraints = [
            once(
                *("person", "plan", "grade", "occurred_on"),
                condition=Q(state__in=LIVING),
                words="该人员此计划的这次事由已申请理赔，不能重复申请。",
            ),
            always(
                Q(ended_on__isnull=True) | Q(ended_on__gte=F("occurred_on")),
                name="days_in_order",
                words="出院日期早于入院日期。",
            ),
            always(Q(applied_on__gte=F("occurred_on")), name="applied_later", words="申请日期早于入院或出险日期。"),
            always(
                ~Q(state=ClaimState.PAID) | Q(paid_on__isnull=False, paid_amount__isnull=False),
                name="paid_is_told",
                words="已赔付的须填写到账日期和赔付金额。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.plan} {self.occurred_on}"


class ClaimMove(StateMove):
    subject = models.ForeignKey(Claim, models.PROTECT, related_name="moves", verbose_name="理赔")

    class Meta(StateMove.Meta):
        verbose_name = verbose_name_plural = "理赔变动"


@tracked()
class ClaimPaper(models.Model):
    """A paper of a claim: whether its original was seen and a copy kept."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="papers", verbose_name="理赔")
    kind = models.ForeignKey(ClaimPaperKind, models.PROTECT, related_name="papers", verbose_name="材料")
    original_seen = models.BooleanField("原件已核对", default=False)
    copy_kept = models.BooleanField("复印件已收", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "理赔材料核对"
        ordering = ["kind", "pk"]
        constraints = [once("claim", "kind", words="这种材料已在清单上。")]

    def __str__(self) -> str:
        return str(self.kind)

    @property
    def missing(self) -> str:
        """What of it is still to be brought, in words; empty when it is complete."""
        wants = [
            *(["原件未核对"] if self.kind.original and not self.original_seen else []),
            *(["复印件未收"] if self.kind.copy and not self.copy_kept else []),
        ]
        return f"{self.kind}（{'、'.join(wants)}）" if wants else ""
