"""The figures of budgets."""

from union_portal.base.figures.kind import Kind
from welfare.fund.enums import BudgetState
from welfare.fund.models import Budget, BudgetAdjustment

KINDS = [
    Kind(
        "welfare.budgets",
        "年度预算",
        unit="份",
        records=Budget.objects.filter(state=BudgetState.ADOPTED),
        day="adopted_on",
        title="year__year",
    ),
    Kind("welfare.budget_adjustments", "预算调整", unit="次", records=BudgetAdjustment.objects.all(), day="decided_on"),
]
