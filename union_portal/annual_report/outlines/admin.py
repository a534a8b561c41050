"""Outlines on the staff desk."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from union_portal.annual_report.outlines.forms import LineForm, OutlineForm, ParagraphForm
from union_portal.annual_report.outlines.models import (
    Outline,
    OutlineChapter,
    OutlineLine,
    OutlineParagraph,
    OutlineSection,
)
from union_portal.annual_report.outlines.services.starting import begin_anew, is_behind
from union_portal.annual_report.outlines.services.themes import add_themes, lacking, must_have_chapter
from union_portal.base import figures
from union_portal.base.admin import PortalStackedInline, PortalTabularInline, RecordAdmin, object_action, refused_by
from union_portal.base.asked import keys_in

# What names the line to be changed in the address of its chapter.
_LINE = "line"


class ChapterInline(PortalTabularInline[OutlineChapter, Outline]):
    model = OutlineChapter
    fields = ["position", "heading"]


class SectionInline(PortalTabularInline[OutlineSection, OutlineChapter]):
    model = OutlineSection
    fields = ["position", "heading", "theme"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[OutlineSection]:
        """A section without a heading is named by its chapter."""
        return super().get_queryset(request).select_related("chapter")


class ParagraphInline(PortalStackedInline[OutlineParagraph, OutlineSection]):
    model = OutlineParagraph
    form = ParagraphForm
    fields = ["position", "text"]


class LineInline(PortalStackedInline[OutlineLine, OutlineChapter]):
    """New lines, and the one that the address asks for: each shows all that can be counted, and a chapter has many."""

    model = OutlineLine
    form = LineForm
    fields = [
        ("position", "label"),
        "kinds",
        ("unit", "decimals"),
        ("span", "starts_on", "ends_on"),
        ("shift_months", "as_of_month", "as_of_day"),
        ("in_table", "in_chart"),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[OutlineLine]:
        """Leave the other lines to the list above."""
        return super().get_queryset(request).filter(pk__in=keys_in(request.GET.getlist(_LINE)))

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        """Read what can be counted once for all lines."""
        formset = super().get_formset(request, obj, **kwargs)
        kinds: Any = formset.form.base_fields["kinds"]
        kinds.choices = figures.choices()
        return formset


def _what_is_added(_admin: Any, _request: HttpRequest, outline: Outline) -> str:
    headings = "、".join(section.heading for section in lacking(outline))
    return f"将加入以下各节及其数据项：{headings}；提纲原有内容不作改动。"


@admin.register(Outline)
class OutlineAdmin(RecordAdmin[Outline]):
    form = OutlineForm
    list_display = ["name", "style"]
    fields = ["name", "style", "title", "salutation", "opening", "closing"]
    code_field = "code"
    inlines = [ChapterInline]
    actions_detail = ["add_themes", "begin_anew"]

    @object_action(
        description="加入缺少的主题",
        permission="annual_report.change_outline",
        offered=lambda outline: bool(lacking(outline)),
        blocked=lambda _admin, _request, outline: refused_by(must_have_chapter, outline=outline),
        confirmation=_what_is_added,
        icon="playlist_add",
    )
    def add_themes(self, _request: HttpRequest, outline: Outline) -> str:
        return f"已加入 {len(add_themes(outline=outline))} 节。"

    @object_action(
        description="按新版另建提纲",
        permission="annual_report.add_outline",
        offered=is_behind,
        confirmation=lambda *_asked: (
            "平台随附的提纲有了新的段落。将按新版另建一份同文体的提纲；本提纲和按它写的报告不作改动，"
            "新的报告可选用新提纲。"
        ),
        icon="library_add",
    )
    def begin_anew(self, _request: HttpRequest, outline: Outline) -> str:
        return f"已建立提纲“{begin_anew(outline=outline)}”，新建报告时可以选用。"


@admin.register(OutlineChapter)
class OutlineChapterAdmin(RecordAdmin[OutlineChapter]):
    list_display = ["heading", "outline", "position"]
    parent = "outline"
    fields = ["outline", "position", "heading"]
    fixed_fields = ["outline"]
    inlines = [SectionInline, LineInline]
    change_form_outer_before_template = "annual_report/outlines/lines.html"

    def above_form(self, request: HttpRequest, subject: OutlineChapter) -> dict[str, Any]:
        """List the chapter's lines, each with the way to its form."""
        known, asked = figures.kinds(), keys_in(request.GET.getlist(_LINE))
        return {
            "lines": [
                (line, [str(known[kind].label) if kind in known else "已停止统计" for kind in line.kinds])
                for line in subject.lines.order_by("position", "pk")
            ],
            "asked": asked,
            "line_asked_by": _LINE,
        }


@admin.register(OutlineSection)
class OutlineSectionAdmin(RecordAdmin[OutlineSection]):
    list_display = ["__str__", "chapter", "theme", "position"]
    parent = "chapter"
    fields = ["chapter", "position", "heading", "theme", "guidance", "starter"]
    fixed_fields = ["chapter"]
    inlines = [ParagraphInline]
