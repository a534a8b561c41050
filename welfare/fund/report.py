"""The figures of budgets and of years that were settled; a branch's own are its report's."""

from django.db.models import CharField, F, Value
from django.db.models.functions import Cast, Concat

from union_portal.base.figures.kind import Kind
from welfare.books.enums import YearState
from welfare.books.models import FiscalYearMove
from welfare.fund.enums import BudgetState
from welfare.fund.models import Budget, BudgetAdjustment


def _named(path: str) -> Concat:
    """Return what a list calls a year's paper."""
    return Concat(Cast(F(path), CharField()), Value("年"), output_field=CharField())


KINDS = [
    Kind(
        "welfare.budgets",
        "年度预算",
        unit="份",
        records=Budget.objects.filter(state=BudgetState.ADOPTED).annotate(named=_named("year__year")),
        day="adopted_on",
        title="named",
        owner="year__book__branch",
    ),
    Kind(
        "welfare.budget_adjustments",
        "预算调整",
        unit="次",
        records=BudgetAdjustment.objects.all(),
        day="decided_on",
        owner="line__budget__year__book__branch",
    ),
    # A year that was opened again and closed again is settled once.
    Kind(
        "welfare.final_accounts",
        "年度决算",
        unit="份",
        records=FiscalYearMove.objects.filter(target=YearState.CLOSED).annotate(named=_named("subject__year")),
        day="at",
        once="subject",
        title="named",
        owner="subject__book__branch",
        columns=("at", "subject__book__name", "subject__year", "actor__name"),
        permission="welfare.view_fiscalyear",
        basis="会计年度，按结账日期计",
    ),
]
