"""What the page of a draft asks while somebody writes: figures to put in, how the words read, and keeping them."""

from dataclasses import asdict
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from union_portal.accounts.requests import account_of
from union_portal.annual_report.outlines.models import OutlineSection
from union_portal.annual_report.reports.admin.draft import typed_into
from union_portal.annual_report.reports.models import AnnualReport
from union_portal.annual_report.reports.services.quoting import faults_of, offers, read, with_figures
from union_portal.annual_report.reports.services.writing import keep, plain
from union_portal.base.errors import DomainError

CHANGE = "annual_report.change_annualreport"


def figures_page(model_admin: Any, request: HttpRequest, report: AnnualReport) -> HttpResponse:
    """Show the figures that can be put into a text, found by name; as a part of the draft's page, or alone."""
    _require_writer(request, report)
    asked = request.GET.get("q", "")
    context = {"offers": offers(report, asked), "asked": asked, "report": report}
    if getattr(request, "htmx", False):
        return TemplateResponse(request, "annual_report/reports/_offers.html", context)
    context |= {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "original": report,
        "title": "可引用的数据",
        "back": reverse("admin:annual_report_annualreport_change", args=[report.pk]),
    }
    return TemplateResponse(request, "annual_report/reports/figures.html", context)


def reading(request: HttpRequest, report: AnnualReport) -> HttpResponse:
    """Answer how the text of one box reads, with what is wrong in it; nothing is saved."""
    _require_writer(request, report)
    name = next((name for name in request.POST if name.startswith(("text-", "closing-"))), "")
    texts = {name: plain(request.POST.get(name, ""))}
    context = {
        "report": report,
        "said": with_figures(read(report, texts, known=())[name]),
        "wrong": faults_of(report, texts).get(name, []),
    }
    return TemplateResponse(request, "annual_report/reports/_said.html", context)


def keeping(request: HttpRequest, report: AnnualReport) -> HttpResponse:
    """Keep what was typed so far for whoever typed it; answer when, and what stood in the way of it."""
    _require_writer(request, report)
    own = set(OutlineSection.objects.filter(chapter__outline=report.outline).values_list("pk", flat=True))
    typed = {section: one for section, one in typed_into(request.POST).items() if section in own}
    try:
        kept = keep(report=report, by=account_of(request), typed=typed)
    except DomainError as refused:
        return JsonResponse({"refusal": str(refused)}, status=422)
    return JsonResponse({"at": f"{timezone.localtime():%H:%M}", **asdict(kept)})


def _require_writer(request: HttpRequest, report: AnnualReport) -> None:
    if not request.user.has_perm(CHANGE, report):
        raise PermissionDenied
