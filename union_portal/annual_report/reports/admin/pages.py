"""The draft page and the page of rows behind a figure."""

import datetime as dt
from decimal import Decimal
from itertools import zip_longest
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse

from union_portal.accounts.enums import Access, DataClass
from union_portal.accounts.requests import account_of
from union_portal.accounts.services import log_access
from union_portal.annual_report.composing.services.composing import DraftSection
from union_portal.annual_report.composing.services.data import figure_data, sections_of, snapshot
from union_portal.annual_report.reports.enums import LIVE, ReportState
from union_portal.annual_report.reports.models import AnnualReport, ReportPreview
from union_portal.annual_report.reports.renderers.paper import when
from union_portal.annual_report.reports.services.composing import compose_report, count_one
from union_portal.annual_report.reports.services.freezing import (
    differences,
    is_abandoned,
    progress_key,
    still_running,
)
from union_portal.annual_report.reports.tasks import preview_key
from union_portal.base import figures, jobs
from union_portal.base.admin.step_links import step_links
from union_portal.base.errors import DomainError
from union_portal.base.figures import FigureRequest
from union_portal.base.figures.wording import shown
from union_portal.base.models import JobState
from union_portal.base.money import grouped
from union_portal.base.periods import Period
from union_portal.base.steps import timeline

_ROWS_ON_A_PAGE = 100
_REFRESH_SECONDS = "2"


def draft_page(
    model_admin: Any, request: HttpRequest, report: AnnualReport, *, head: forms.BaseForm, refusal: DomainError | None
) -> HttpResponse:
    """Show a draft with live figures, a report being frozen, or a frozen version and what changed since."""
    is_draft = report.state == ReportState.DRAFT
    draft = compose_report(report) if report.state in LIVE else None
    data = snapshot(draft) if draft else report.snapshot or {"chapters": [], "figures": []}
    versions = {text.section_id: text.version for text in report.texts.all()}
    by_key = {figure["key"]: _with_rows(report, figure) for figure in data["figures"]}
    used: set[str] = set()
    chapters = []
    for place, chapter in enumerate(data["chapters"]):
        lines = [{**line, "figure": by_key[line["key"]]} for line in chapter["lines"]]
        used |= {line["key"] for line in lines}
        sources = draft.chapters[place].sections if draft else ()
        sections = [
            {**section, "source": source, "text": _text(versions, source, request)}
            for section, source in zip_longest(sections_of(chapter), sources)
        ]
        chapters.append({**chapter, "lines": lines, "sections": sections})
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "original": report,
        "title": report.title,
        "report": report,
        "head": head,
        "refusal": refusal,
        "is_draft": is_draft,
        "may_write": is_draft and request.user.has_perm("annual_report.change_annualreport", report),
        "steps_on": _steps_on(model_admin, request, report),
        "running": still_running(report) if draft else "",
        "chapters": chapters,
        "extra": [figure for key, figure in by_key.items() if key not in used],
        "doubts": draft.doubts if draft else (),
        "explanations": data.get("explanations", []),
        "differences": differences(report=report) if report.state == ReportState.FROZEN else [],
        "progress": jobs.find(progress_key(report.pk)) if report.state == ReportState.FREEZING else None,
        "steps": _steps(report),
        "moves": timeline(report),
        "pdf": reverse("admin:annual_report_pdf", args=[report.pk]) if report.pdf else "",
        "docx": reverse("admin:annual_report_docx", args=[report.pk]) if report.docx else "",
        "preview": reverse("admin:annual_report_preview", args=[report.pk])
        if draft and ReportPreview.objects.filter(report=report).exists()
        else "",
        "abandoned": is_abandoned(report),
        "period": Period(report.period_start, report.period_end).label(),
    }
    status = 422 if refusal or head.errors else 200
    response = TemplateResponse(request, "annual_report/reports/draft.html", context, status=status)
    if report.state == ReportState.FREEZING:
        response["Refresh"] = _REFRESH_SECONDS
    return response


def preview_page(model_admin: Any, request: HttpRequest, report: AnnualReport) -> HttpResponse:
    """Show a draft's preview being made, or the files of the last one; it looks again by itself while it is made."""
    progress = jobs.find(preview_key(report.pk))
    running = progress is not None and progress.is_running
    is_live = report.state in LIVE
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "original": report,
        "title": "草稿预览",
        "report": report,
        "progress": progress if running else None,
        "failure": progress.message if progress and progress.state == JobState.FAILED else "",
        "preview": ReportPreview.objects.filter(report=report).first() if is_live and not running else None,
        "again": reverse("admin:annual_report_annualreport_preview_draft", args=[report.pk])
        if is_live and request.user.has_perm("annual_report.change_annualreport", report)
        else "",
        "back": reverse("admin:annual_report_annualreport_change", args=[report.pk]),
    }
    response = TemplateResponse(request, "annual_report/reports/preview.html", context)
    if running:
        response["Refresh"] = _REFRESH_SECONDS
    return response


def rows_page(model_admin: Any, request: HttpRequest, report: AnnualReport, key: str) -> HttpResponse:
    """Show the rows that one figure of the report counted, a hundred a page; logged, as a statement is."""
    figure = _figure(report, key)
    if figure is None:
        raise Http404
    request_for = _request(report, figure)
    try:
        rows = figures.rows(request_for, request.user)
    except KeyError as gone:
        raise Http404 from gone
    page = Paginator(rows.records, _ROWS_ON_A_PAGE).get_page(request.GET.get("page"))
    log_access(
        user=account_of(request),
        action=Access.REVEAL,
        kind=report._meta.label_lower,  # noqa: SLF001
        subject=f"{report.pk} {key}",
        data_class=DataClass.HEALTH if rows.sensitive else DataClass.BASIC,
        rows=page.paginator.count,
    )
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "original": report,
        "title": figure["label"],
        "figure": figure,
        "when": when(figure),
        "headers": rows.headers,
        "rows": [[_cell(value) for value in row] for row in page.object_list],
        "page": page,
        "back": reverse("admin:annual_report_annualreport_change", args=[report.pk]),
    }
    return TemplateResponse(request, "annual_report/reports/rows.html", context)


def _figure(report: AnnualReport, key: str) -> dict[str, Any] | None:
    if report.snapshot:
        found: list[dict[str, Any]] = report.snapshot["figures"]
        return next((one for one in found if one["key"] == key), None)
    counted = count_one(report, key)
    return figure_data(counted) if counted else None


def _text(versions: dict[int, int], source: DraftSection | None, request: HttpRequest) -> dict[str, Any]:
    """Return what stands in the section's boxes: what was just typed, else what is saved."""
    if source is None:
        return {"before": "", "after": "", "read": 0}
    return {
        "before": request.POST.get(f"text-{source.section_id}", source.text),
        "after": request.POST.get(f"closing-{source.section_id}", source.closing),
        "read": versions.get(source.section_id, 0),
    }


def _with_rows(report: AnnualReport, figure: dict[str, Any]) -> dict[str, Any]:
    previous = figure["previous"] or {}
    return {
        **figure,
        "when": when(figure),
        "value": shown(figure),
        "recorded": any(figure.get(measure) for measure in ("heads", "times", "amount", "numerator", "share")),
        "before": shown(previous) if previous else "",
        "rows": reverse("admin:annual_report_rows", args=[report.pk, figure["key"]]),
    }


def _request(report: AnnualReport, figure: dict[str, Any]) -> FigureRequest:
    if figure["period"]:
        start, end = (dt.date.fromisoformat(figure["period"][name]) for name in ("from", "to"))
    else:
        end = dt.date.fromisoformat(figure["as_of"])
        start = min(report.period_start, end)
    return FigureRequest(figure["key"], tuple(figure["kinds"]), Period(start, end), figure["label"])


def _cell(value: Any) -> dict[str, str]:
    if isinstance(value, Decimal):
        return {"text": grouped(value), "kind": "number"}
    if isinstance(value, dt.date):
        return {"text": value.isoformat(), "kind": ""}
    return {"text": "" if value is None else str(value), "kind": ""}


def _steps_on(model_admin: Any, request: HttpRequest, report: AnnualReport) -> list[dict[str, Any]]:
    """Return the buttons of the steps that this account may take now; the preview has its own."""
    return [one for one in step_links(model_admin, request, report) if one["name"] != "preview_draft"]


def _steps(report: AnnualReport) -> list[dict[str, Any]]:
    order = list(ReportState)
    at = order.index(ReportState(report.state))
    last = len(order) - 1
    return [
        {"label": state.label, "state": "done" if index < at or at == last else "current" if index == at else "ahead"}
        for index, state in enumerate(order)
    ]
