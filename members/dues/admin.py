"""Dues on the desk."""

from django.contrib import admin

from members.dues.models import DuesLine, DuesRule
from union_portal.base.admin import RecordAdmin, display
from union_portal.base.admin.filters import question, year_of


@admin.register(DuesRule)
class DuesRuleAdmin(RecordAdmin[DuesRule]):
    list_display = ("rule_shown", "step", "next_month", "source")

    @display(description="标准", ordering="valid_from")
    def rule_shown(self, rule: DuesRule) -> str:
        return str(rule)


@admin.register(DuesLine)
class DuesLineAdmin(RecordAdmin[DuesLine]):
    list_display = ("person", "month", "due", "paid")
    export_also = ("staff_number_shown",)
    list_filter = (
        question(
            title="缴纳情况",
            name="paid",
            narrow={
                "short": ("欠缴", lambda rows: rows.short()),
                "whole": ("已缴清", lambda rows: rows.exclude(pk__in=rows.short().values("pk"))),
            },
        ),
        year_of("month"),
    )
    search_fields = ("person__name", "person__staff_number", "person__pinyin_key")
    list_select_related = ("person",)
    fixed_fields = ("person", "month")

    @display(description="工号", ordering="person__staff_number")
    def staff_number_shown(self, line: DuesLine) -> str:
        return line.person.staff_number or ""
