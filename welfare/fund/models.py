"""A year's budget of a book, its lines by account, and adjustments that name their decision.

What was reviewed stays: the database too refuses other amounts, lines and decisions (`keep_budget`, `keep_line`).
"""

from decimal import Decimal
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from union_portal.base.history import tracked
from union_portal.base.models import AppendOnlyModel, StateMove, always, once
from union_portal.base.money import grouped
from welfare.books.enums import ChartKind
from welfare.books.models import ChartAccount, FiscalYear
from welfare.books.querysets import SchoolQuerySet
from welfare.fund.enums import BUDGET_MACHINE, BudgetState


@tracked()
class Budget(models.Model):
    """预算 of a book's year: drawn up, reviewed by the audit committee, adopted."""

    year = models.OneToOneField(FiscalYear, models.PROTECT, related_name="budget", verbose_name="会计年度")
    state = models.CharField("状态", max_length=8, choices=BudgetState.choices, default=BudgetState.DRAFT)
    reviewed_on = models.DateField("审查日期", null=True, blank=True)
    adopted_on = models.DateField("通过日期", null=True, blank=True)
    decision = models.CharField(
        "通过依据", max_length=200, blank=True, help_text="哪次会议或哪个文件，例如会员代表大会决议、文号。"
    )
    note = models.TextField("编制说明", blank=True)
    machine = BUDGET_MACHINE
    empty_words = "每本账每年一份预算，编列到科目，经审查、通过后执行。"

    objects = SchoolQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "预算"
        ordering = ["-year__year", "year__book"]
        constraints = [
            always(
                ~Q(state=BudgetState.ADOPTED) | (Q(adopted_on__isnull=False) & ~Q(decision="")),
                name="adopted",
                words="请填写通过日期和通过依据。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.year}预算"


class BudgetMove(StateMove):
    subject = models.ForeignKey(Budget, models.PROTECT, related_name="moves", verbose_name="预算")


@tracked()
class BudgetLine(models.Model):
    """预算科目: an amount under one account, and after the year why it came out otherwise."""

    budget = models.ForeignKey(Budget, models.PROTECT, related_name="lines", verbose_name="预算")
    account = models.ForeignKey(ChartAccount, models.PROTECT, related_name="budget_lines", verbose_name="科目")
    amount = models.DecimalField("预算（元）", max_digits=14, decimal_places=2)
    reason = models.CharField("差异原因", max_length=200, blank=True, help_text="决算与预算相差的原因，印在收支表上。")
    empty_words = "预算逐科目编列，最多三级；上级科目由下级合计。"

    objects = SchoolQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "预算科目"
        ordering = ["budget", "account__code"]
        constraints = [
            once("budget", "account", words="该科目已编列。"),
            always(Q(amount__gte=0), name="amount", words="预算金额不能为负数。"),
        ]

    def __str__(self) -> str:
        return f"{self.budget} {self.account}"

    @property
    def in_force(self) -> Decimal:
        """The amount with its adjustments, in yuan."""
        return self.amount + sum((one.amount for one in self.adjustments.all()), Decimal(0))

    def clean(self) -> None:
        """Refuse accounts of no statement, a line above or below another, and figures changed after the review."""
        if self.account_id is None or self.budget_id is None:
            return
        account = self.account
        if account.kind not in (ChartKind.INCOME, ChartKind.EXPENSE):
            raise ValidationError({"account": "预算只编列收入和支出科目。"})
        above = account.parent
        up = {key for key in (account.parent_id, above.parent_id if above is not None else None) if key}
        around = Q(account__in=up) | Q(account__parent=account) | Q(account__parent__parent=account)
        other = BudgetLine.objects.filter(around, budget=self.budget).exclude(pk=self.pk).first()
        if other is not None:
            raise ValidationError({"account": f"“{other.account}”已编列，上级科目由下级合计，不能同时编列。"})
        if self.budget.state != BudgetState.DRAFT:
            self._keeps()

    def _keeps(self) -> None:
        was = BudgetLine.objects.filter(pk=self.pk).first()
        if was is None and self.amount:
            raise ValidationError({"amount": "预算已送审或通过，不能新增金额；未列预算的支出可列 0 并说明原因。"})
        if was is not None and (was.amount, was.account_id) != (self.amount, self.account_id):
            raise ValidationError({"amount": "预算已送审或通过，金额不能改；请登记预算调整。"})


@tracked()
class BudgetAdjustment(AppendOnlyModel):
    """预算调整: what a decision adds to a line of an adopted budget, or takes from it; undone by another."""

    put_right_by: ClassVar[str] = "预算调整不能撤回，请另行登记一笔相反的调整"

    line = models.ForeignKey(BudgetLine, models.PROTECT, related_name="adjustments", verbose_name="预算科目")
    amount = models.DecimalField("调整金额（元）", max_digits=14, decimal_places=2, help_text="调增为正，调减为负。")
    decided_on = models.DateField("决定日期")
    decision = models.CharField("调整依据", max_length=200, help_text="哪次会议或哪个文件，写明文号。")
    empty_words = "预算通过后的调增调减，各写明依据。"

    objects = SchoolQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "预算调整"
        ordering = ["-decided_on"]
        constraints = [always(~Q(amount=0), name="amount", words="请填写调整金额。")]

    def __str__(self) -> str:
        return f"{self.line} {grouped(self.amount)} 元"

    def clean(self) -> None:
        """Refuse what is decided before the budget was, and what leaves less than nothing."""
        if self.line_id is None or self.amount is None or self.decided_on is None:
            return
        budget = self.line.budget
        if budget.state != BudgetState.ADOPTED or budget.adopted_on is None:
            raise ValidationError("预算通过后才能调整；编制中的金额请直接修改。")
        if self.decided_on < budget.adopted_on:
            raise ValidationError({"decided_on": f"早于预算通过日期 {budget.adopted_on}。"})
        others = self.line.adjustments.exclude(pk=self.pk).aggregate(sum=models.Sum("amount"))["sum"] or Decimal(0)
        left = self.line.amount + others + self.amount
        if left < 0:
            raise ValidationError({"amount": f"调整后为 {grouped(left)} 元，预算不能为负数。"})
