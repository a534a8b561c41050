"""Dues by the payroll's list: the basic wage is read to reckon with, and never kept."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from members.dues.models import NO_RULE, OWES_NONE, DuesLine, DuesRule
from members.dues.querysets import owing
from members.memberships.models import Membership
from members.people.models import Person
from members.people.resources import OPTIONAL_NAME, STAFF_NUMBER
from union_portal.base.importing.kinds import register_kind
from union_portal.base.importing.lists import ModelList
from union_portal.base.importing.rows import Row
from union_portal.base.spreadsheets.columns import Classification, Column
from union_portal.base.spreadsheets.parsers import Amount

WAGE = Column(
    key="wage",
    label="基本工资（元）",
    parser=Amount(),
    attribute=None,
    synonyms=("基本工资", "岗位工资和薪级工资", "计缴基数"),
    help="只用来计算应缴会费，不保存；写了应缴金额的可以不填",
    classification=Classification.IDENTITY,
)


@register_kind
class DuesRuleList(ModelList):
    """Rules, by the day from which they hold."""

    model, name, key, order = DuesRule, "dues_rules", ("valid_from",), 46
    synonyms = {"valid_from": ("执行日期",), "share": ("会费比例",), "source": ("依据",)}


@register_kind
class DuesList(ModelList):
    """A month of a member a row; whoever owes nothing in it is entered with none."""

    model, name, key, order = DuesLine, "dues", ("staff_number", "month"), 47
    extra = (replace(STAFF_NUMBER, attribute="person"), replace(OPTIONAL_NAME, attribute=None), WAGE)
    fields_in_order = ("staff_number", "name", "month", "wage", "due", "paid")
    synonyms = {
        "month": ("所属月份", "工资月份", "年月"),
        "due": ("应缴", "应缴会费", "应缴金额"),
        "paid": ("已缴", "实缴", "实缴会费", "扣缴", "扣缴金额", "会费", "工会会费"),
    }
    examples = {"month": "2024-03", "due": "33.90", "paid": "33.90"}
    help = "工资表按月导入：有基本工资的由平台计算应缴，有扣缴金额的登记为已缴。"

    def prepare(self) -> None:
        """Fill what is due also where the file tells the wage alone."""
        super().prepare()
        self.present = [column for column in self.kind.columns if column in self.present or column.key == "due"]

    def load_current(self, rows: Sequence[Row]) -> None:
        """Mean the month whichever of its days is told; read names, rules and memberships once."""
        for row in rows:
            if row.values.get("month") is not None:
                row.values["month"] = row.values["month"].replace(day=1)
        super().load_current(rows)
        people = {row.values["staff_number"] for row in rows if row.values.get("staff_number")}
        months = {row.values["month"] for row in rows if row.values.get("month")}
        self.names = dict(Person.objects.filter(pk__in=people).values_list("pk", "name"))
        self.rules: dict[dt.date, DuesRule | None] = {month: DuesRule.objects.of(month) for month in months}
        self.owing: dict[dt.date, set[int]] = defaultdict(set)
        for month, rule in self.rules.items():
            if rule is not None:
                owed = Membership.objects.filter(owing(month=month, whole=rule.next_month), person__in=people)
                self.owing[month] = set(owed.values_list("person", flat=True))

    def related_values(self, pks: Sequence[Any]) -> dict[Any, dict[str, Any]]:
        """Return the people's names."""
        return {
            pk: {"name": name} for pk, name in DuesLine.objects.filter(pk__in=pks).values_list("pk", "person__name")
        }

    def clean_row(self, row: Row) -> None:
        """Match the person, reckon what is due, and refuse dues of whoever owes none."""
        name, wage = row.values.pop("name", None), row.values.pop("wage", None)
        person, month = row.get("staff_number"), row.get("month")
        if person is None or month is None:
            return
        if name is not None and name != self.names.get(person):
            row.fault("name", f"名册中这个工号是{self.names.get(person)}")
        rule = self.rules.get(month)
        if rule is None:
            row.fault("month", NO_RULE.rstrip("。"))
            return
        owes = person in self.owing[month]
        if wage is not None:
            self._reckon(row, rule.due_of(wage) if owes else Decimal(0))
        if not owes and row.get("due"):
            row.fault("due", OWES_NONE.rstrip("。"))
        elif not owes:
            row.warn("staff_number", OWES_NONE.rstrip("。") + "按应缴 0 元登记")

    def _reckon(self, row: Row, due: Decimal) -> None:
        told = row.values.get("due")
        if told is not None and told != due:
            row.fault("wage", f"按此计算应缴 {due} 元，与应缴金额不符")
        row.values["due"] = due
