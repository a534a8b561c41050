"""A budget by list: a line for each account, into a budget that is still drawn up."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError

from union_portal.base.importing.kinds import register_kind
from union_portal.base.importing.lists import ModelList
from union_portal.base.importing.lookups import LOOKUPS, Related
from union_portal.base.importing.rows import Row
from union_portal.base.spreadsheets.text import clean_code
from welfare.books.models import ChartAccount
from welfare.fund.models import Budget, BudgetLine


class _OfYear(Related):
    """A budget by its book's name or code and the year: 工会经费 2026, UNION-2026."""

    def _read(self) -> dict[str, Any]:
        if self._words is None:
            found = Budget.objects.values_list("pk", "year__book__name", "year__book__code", "year__year")
            self._words = {}
            for pk, name, code, year in found:
                ways = (f"{name}{year}", f"{name}{year}预算", f"{name}{year}年预算", f"{code}{year}", f"{code}-{year}")
                self._words |= {clean_code(way).casefold(): pk for way in ways}
                self._shown[pk] = f"{name} {year}"
        return self._words


LOOKUPS[Budget] = lambda: _OfYear(Budget, ("pk",))
# The code stands for the account: a few accounts of several classes bear one name.
LOOKUPS[ChartAccount] = ("code", "name")


@register_kind
class BudgetLineList(ModelList):
    """Lines by account; amounts of a budget that was reviewed stay, its reasons may be told."""

    model, name, key, order = BudgetLine, "budget_lines", ("budget", "account"), 70
    synonyms = {
        "budget": ("账套年度", "预算年度"),
        "account": ("科目编码", "预算科目", "科目代码"),
        "amount": ("金额", "预算金额", "预算数"),
        "reason": ("原因", "说明", "备注"),
    }
    examples = {"budget": "工会经费 2026", "account": "50102", "amount": "250000.00"}
    help = "先在“预算”中新建该账套该年度的预算，再导入各科目金额；上级科目由下级合计，不必列。"

    def check_rows(self, rows: Sequence[Row]) -> None:
        """Judge each line as its form does, and the file's lines among each other."""
        super().check_rows(rows)
        budgets, chart = Budget.objects.in_bulk(), ChartAccount.objects.in_bulk()
        planned: dict[Any, set[int]] = defaultdict(set)
        for row in rows:
            planned[row.get("budget")].add(row.get("account"))
        for row in rows:
            budget, account = budgets.get(row.get("budget")), chart.get(row.get("account"))
            if budget is None or account is None or row.get("amount") is None:
                continue
            above = {account.parent_id, chart[account.parent_id].parent_id if account.parent_id else None} - {None}
            if above & planned[budget.pk]:
                row.fault("account", "名单里也有它的上级科目，上级科目由下级合计，不能同时编列")
                continue
            line = BudgetLine(pk=row.pk, budget=budget, account=account, amount=row.get("amount"))
            try:
                line.clean()
            except ValidationError as error:
                for name, messages in error.message_dict.items():
                    row.fault(name if name in self.columns else "", "；".join(messages).rstrip("。"))
