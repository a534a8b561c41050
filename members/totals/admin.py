"""Totals of the time before the portal (往年数据补录) on the desk."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from unfold.widgets import UnfoldAdminSelect2MultipleWidget

from members.totals.models import SummaryRecord
from union_portal.base import figures
from union_portal.base.admin import RecordAdmin
from union_portal.base.figures.wording import shown

# What a report compares with last year is of one kind; two of the kinds are easily taken for each other.
_ONE_KIND = (
    "年度报告只与同一种类的上年数比较。“会员”不含保留会籍；旧报告的会员数含保留会籍的，填“在册会员（含保留会籍）”，"
    "并请另填一条“会员”，否则报告中的“会员”没有上年数可比。"
)


class KindsField(forms.MultipleChoiceField):
    """The kinds that the apps can count; kept in one order, so that the same set is the same total."""

    def clean(self, value: Any) -> list[str]:
        return sorted(super().clean(value))


@admin.register(SummaryRecord)
class SummaryRecordAdmin(RecordAdmin[SummaryRecord]):
    """往年数据补录."""

    search_fields = ("label", "source")
    list_filter = ("period_end",)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Let the kinds be chosen."""
        if db_field.name != "kinds":
            return super().formfield_for_dbfield(db_field, request, **kwargs)
        return KindsField(
            label=db_field.verbose_name,
            choices=figures.choices(),
            widget=UnfoldAdminSelect2MultipleWidget,
            help_text=_ONE_KIND,
        )

    def get_list_display(self, request: HttpRequest) -> Any:  # noqa: ARG002
        """Read the kinds once for the whole list."""
        known = figures.kinds()

        @admin.display(description="内容")
        def what(record: SummaryRecord) -> str:
            return record.label or record.kinds_in_words(known)

        @admin.display(description="数据")
        def numbers(record: SummaryRecord) -> str:
            return shown(record.told(known))

        return (what, "period_start", "period_end", numbers, "source")

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Note who entered it."""
        obj.entered_by = obj.entered_by or request.user
        super().save_model(request, obj, form, change)
