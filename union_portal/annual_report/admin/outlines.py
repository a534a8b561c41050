"""Outlines on the staff desk."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from union_portal.annual_report.forms import LineForm
from union_portal.annual_report.models import Outline, OutlineChapter, OutlineLine
from union_portal.base import figures
from union_portal.base.admin import PortalModelAdmin, PortalStackedInline, PortalTabularInline


class ChapterInline(PortalTabularInline[OutlineChapter, Outline]):
    model = OutlineChapter
    fields = ["position", "heading", "guidance"]
    extra = 0
    show_change_link = True


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
    extra = 0

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        """Read what can be counted once for all lines."""
        formset = super().get_formset(request, obj, **kwargs)
        kinds: Any = formset.form.base_fields["kinds"]
        kinds.choices = figures.choices()
        return formset


@admin.register(Outline)
class OutlineAdmin(PortalModelAdmin[Outline]):
    list_display = ["name", "style"]
    fields = ["name", "style", "title", "salutation", "opening", "closing"]
    code_field = "code"
    inlines = [ChapterInline]


@admin.register(OutlineChapter)
class OutlineChapterAdmin(PortalModelAdmin[OutlineChapter]):
    """Reached from its outline; not on the desk's list of places."""

    list_display = ["heading", "outline", "position"]
    list_filter = ["outline"]
    list_select_related = ["outline"]
    fields = ["outline", "position", "heading", "guidance", "narrative"]
    fixed_fields = ["outline"]
    inlines = [LineInline]
