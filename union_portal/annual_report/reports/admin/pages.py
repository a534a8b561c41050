"""The page of rows behind a figure, and the page of a draft's preview."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse

from union_portal.accounts.enums import Access, DataClass
from union_portal.accounts.requests import account_of
from union_portal.accounts.services import log_access
from union_portal.annual_report.composing.services.composing import of_branch
from union_portal.annual_report.composing.services.data import figure_data
from union_portal.annual_report.reports.enums import LIVE
from union_portal.annual_report.reports.models import AnnualReport, ReportPreview
from union_portal.annual_report.reports.renderers.paper import when
from union_portal.annual_report.reports.services.composing import count_one
from union_portal.annual_report.reports.tasks import preview_key
from union_portal.base import figures, jobs
from union_portal.base.figures import FigureRequest
from union_portal.base.figures.wording import shown
from union_portal.base.models import JobState
from union_portal.base.money import grouped
from union_portal.base.periods import Period

_ROWS_ON_A_PAGE = 100
_REFRESH_SECONDS = "2"


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


def with_rows(report: AnnualReport, figure: dict[str, Any]) -> dict[str, Any]:
    """Return a figure's data with its value in words, the one before, and the address of its rows."""
    previous = figure["previous"] or {}
    return {
        **figure,
        "when": when(figure),
        "value": shown(figure),
        "recorded": any(figure[measure] for measure in ("heads", "times", "amount", "numerator")),
        "before": shown(previous) if previous else "",
        "rows": reverse("admin:annual_report_rows", args=[report.pk, figure["key"]]),
    }


def _request(report: AnnualReport, figure: dict[str, Any]) -> FigureRequest:
    if figure["period"]:
        start, end = (dt.date.fromisoformat(figure["period"][name]) for name in ("from", "to"))
    else:
        end = dt.date.fromisoformat(figure["as_of"])
        start = min(report.period_start, end)
    asked = FigureRequest(figure["key"], tuple(figure["kinds"]), Period(start, end), figure["label"])
    return of_branch([asked], report.branch)[0]


def _cell(value: Any) -> dict[str, str]:
    if isinstance(value, Decimal):
        return {"text": grouped(value), "kind": "number"}
    if isinstance(value, dt.date):
        return {"text": value.isoformat(), "kind": ""}
    return {"text": "" if value is None else str(value), "kind": ""}
