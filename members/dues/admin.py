"""Dues on the desk."""

from django.contrib import admin

from members.dues.models import DuesLine, DuesRule
from union_portal.base.admin import RecordAdmin
from union_portal.base.admin.filters import question, year_of


@admin.register(DuesRule)
class DuesRuleAdmin(RecordAdmin[DuesRule]):
    list_display = ("valid_from", "share", "step", "next_month", "source")


@admin.register(DuesLine)
class DuesLineAdmin(RecordAdmin[DuesLine]):
    list_display = ("person", "month", "due", "paid")
    export_also = ("person__staff_number",)
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
