"""Members' dues: how they are reckoned from a day on, and what was due and paid for each month. No wage is kept."""

from decimal import ROUND_HALF_UP, Decimal

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from members.dues.querysets import DuesLineQuerySet, DuesRuleQuerySet, owing
from members.memberships.models import Membership
from members.people.models import Person
from union_portal.base.history import tracked
from union_portal.base.models import always, once

# What the model and its list say alike.
OWES_NONE = "该月不缴会费：未入会、入会当月、保留会籍或已离会。"
NO_RULE = "该月还没有会费标准，请先登记。"


@tracked()
class DuesRule(models.Model):
    """会费标准: a share of the basic wage, counted in whole steps of yuan; the latest begun holds."""

    valid_from = models.DateField("起始日期")
    share = models.DecimalField(
        "比例（%）", max_digits=5, decimal_places=2, validators=[MinValueValidator(0), MaxValueValidator(100)]
    )
    step = models.PositiveSmallIntegerField(
        "计算单位（元）", default=10, validators=[MinValueValidator(1)], help_text="基本工资不足一个单位的部分不计。"
    )
    next_month = models.BooleanField("入会次月起缴", default=True)
    source = models.CharField("依据文件", max_length=200, blank=True)
    empty_words = "会费按基本工资的多少计算、从何时起执行。"

    objects = DuesRuleQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "会费标准"
        ordering = ["-valid_from"]
        constraints = [once("valid_from", words="这一天起执行的标准已登记。")]

    def __str__(self) -> str:
        return f"{self.share}%（{self.valid_from}起）"

    def due_of(self, wage: Decimal) -> Decimal:
        """Return the month's dues of a basic wage, in yuan, rounded half up to the cent."""
        return (wage // self.step * self.step * self.share / 100).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


@tracked()
class DuesLine(models.Model):
    """会费记录: what a member owed for a month, and what came."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="dues", verbose_name="人员")
    month = models.DateField("月份", help_text="填该月任意一天，按月登记。")
    due = models.DecimalField("应缴（元）", max_digits=8, decimal_places=2)
    paid = models.DecimalField("已缴（元）", max_digits=8, decimal_places=2, default=0)
    empty_words = "会员每月应缴和已缴的会费；按工资表导入，基本工资只用来计算，不保存。"

    objects = DuesLineQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "会费记录"
        ordering = ["-month", "person"]
        constraints = [
            once("person", "month", words="此人该月的会费已登记。"),
            always(Q(due__gte=0, paid__gte=0), name="amounts", words="金额不能为负数。"),
            always(Q(month__day=1), name="month", words="月份请填该月 1 日。"),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.month:%Y-%m}"

    def clean(self) -> None:
        """Mean the month whichever of its days is told; refuse dues of one in which the person owes none."""
        if self.month is not None:
            self.month = self.month.replace(day=1)
        if not self.due or self.month is None or self.person_id is None:
            return
        rule = DuesRule.objects.of(self.month)
        if rule is None:
            raise ValidationError({"month": NO_RULE})
        owed = Membership.objects.filter(owing(month=self.month, whole=rule.next_month), person=self.person_id)
        if not owed.exists():
            raise ValidationError({"due": OWES_NONE})
