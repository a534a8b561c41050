"""Outlines on the staff desk."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from union_portal.annual_report.outlines.forms import LineForm
from union_portal.annual_report.outlines.models import Outline, OutlineChapter, OutlineLine
from union_portal.annual_report.outlines.services.lines import add_democracy, lacks_democracy
from union_portal.annual_report.outlines.services.starting import DEMOCRACY_LINES
from union_portal.base import figures
from union_portal.base.admin import PortalStackedInline, PortalTabularInline, RecordAdmin, object_action


class ChapterInline(PortalTabularInline[OutlineChapter, Outline]):
    model = OutlineChapter
    fields = ["position", "heading", "guidance"]


class LineInline(PortalStackedInline[OutlineLine, OutlineChapter]):
    model = OutlineLine
    form = LineForm
    fields = [
        ("position", "section", "label"),
        "kinds",
        "sentence",
        ("unit", "decimals"),
        ("shift_months", "as_of_month", "as_of_day"),
        ("in_table", "in_chart"),
    ]
    collapsible = True

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        """Read what can be counted once for all lines."""
        formset = super().get_formset(request, obj, **kwargs)
        kinds: Any = formset.form.base_fields["kinds"]
        kinds.choices = figures.choices()
        return formset


def _what_is_added(_admin: Any, _request: HttpRequest, _outline: Outline) -> str:
    return f"将加入会议、提案、意见建议、委员会会议等 {len(DEMOCRACY_LINES)} 个数据项；提纲原有内容不作改动。"


@admin.register(Outline)
class OutlineAdmin(RecordAdmin[Outline]):
    list_display = ["name", "style"]
    fields = ["name", "style", "title", "salutation", "opening", "closing"]
    code_field = "code"
    inlines = [ChapterInline]
    actions_detail = ["add_democracy"]

    @object_action(
        description="加入教代会数据",
        permission="annual_report.change_outline",
        offered=lacks_democracy,
        confirmation=_what_is_added,
        icon="how_to_vote",
    )
    def add_democracy(self, _request: HttpRequest, outline: Outline) -> str:
        return f"已加入 {len(add_democracy(outline=outline))} 个数据项。"


@admin.register(OutlineChapter)
class OutlineChapterAdmin(RecordAdmin[OutlineChapter]):
    list_display = ["heading", "outline", "position"]
    parent = "outline"
    fields = ["outline", "position", "heading", "guidance", "narrative"]
    fixed_fields = ["outline"]
    inlines = [LineInline]
