"""提案工作报告 at the desk: live figures for the sessions chosen, their explanations, JSON and the paper."""

import json
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse

from congress.drives.models import ProposalDrive
from congress.past_records.services import explain_difference
from congress.proposal_reports.forms import BeginReportForm
from congress.proposal_reports.models import ProposalReport
from congress.proposal_reports.report.account import report_data, unexplained
from congress.proposal_reports.services import begin_report, write_report
from congress.proposal_reports.tasks import report_key, start_report_paper
from union_portal.accounts.requests import account_of
from union_portal.accounts.views import give_made
from union_portal.base import jobs
from union_portal.base.admin import OwnPageAdmin, dress
from union_portal.base.admin.sent import again
from union_portal.base.errors import DomainError
from union_portal.base.forms import add_refusal
from union_portal.base.models import JobState
from union_portal.base.paper.types import WORD
from union_portal.base.sending import KEY, new_key, once

CHANGE = "congress.change_proposalreport"
_REFRESH_SECONDS = "2"
_CARDS = (
    ("collected", "征集"),
    ("merged", "并案"),
    ("filed", "立案"),
    ("passed_on", "转意见建议"),
    ("declined", "不予立案"),
    ("withdrawn", "已撤回"),
    ("undecided", "未审定"),
)
_RATES = (
    ("reply", "答复率"),
    ("on_time", "按期答复率"),
    ("satisfaction", "满意率"),
)
# A part of the account as a table: its title, headings and figures.
_TABLES = (
    ("categories", "分类别", "类别 征集 占比（%） 立案 占比（%）", "name collected collected_share filed filed_share"),
    (
        "departments",
        "分承办部门",
        "承办部门 主办 协办 已答复 按期 满意 基本满意 不满意 未评价",
        "name led supported answered on_time satisfied basically dissatisfied unrated",
    ),
)


def _shown(value: Any) -> Any:
    return "—" if value is None else value


@admin.register(ProposalReport)
class ProposalReportAdmin(OwnPageAdmin[ProposalReport]):
    page_template = "congress/proposal_reports/admin/report.html"
    list_display = ["title", "created_at", "made_at", "pages"]
    search_fields = ["title"]

    def get_urls(self) -> list[Any]:
        site = self.admin_site
        own = [
            path("<int:pk>/json/", site.admin_view(self.json_view), name="congress_proposalreport_json"),
            path("<int:pk>/pdf/", site.admin_view(self.pdf_view), name="congress_proposalreport_pdf"),
            path("<int:pk>/docx/", site.admin_view(self.docx_view), name="congress_proposalreport_docx"),
        ]
        return [*own, *super().get_urls()]

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:  # noqa: ARG002
        """Choose the sessions or the term."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = BeginReportForm(request.POST if request.method == "POST" else None)
        dress(form)
        if request.method == "POST" and form.is_valid():
            try:
                with once(request=request) as sending:
                    if sending.led_to is not None:
                        return again(request, sending)
                    made = begin_report(actor=account_of(request), **form.cleaned_data)
                    sending.note(self.page(made))
            except (DomainError, IntegrityError) as refused:
                add_refusal(form, refused)
            else:
                return redirect(self.page(made))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": "新建提案工作报告",
            "form": form,
            "confirmation": "每次打开页面，都按提案登记现时统计。",
            "back": reverse("admin:congress_proposalreport_changelist"),
            "sent_key": request.POST.get(KEY) or new_key(),
        }
        return TemplateResponse(request, "base/admin/action.html", context, status=422 if form.errors else 200)

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> Any:
        """Show the account; a POST keeps explanations and, when asked, has the PDF made."""
        if request.method == "POST":
            return self._keep(request, self.seen(request, object_id))
        response = super().change_view(request, object_id, *args, **kwargs)
        if response.context_data["progress"]:
            response["Refresh"] = _REFRESH_SECONDS
        return response

    def page_parts(self, request: HttpRequest, subject: ProposalReport, buttons: Any) -> dict[str, Any]:
        """Show the figures as they are now, and how far the paper is."""
        del buttons
        data, progress = report_data(subject), jobs.find(report_key(subject.pk))
        with_totals = {one["name"] for one in data["summaries"]}
        return {
            "report": subject,
            "data": data,
            "cards": [
                {"label": label, "number": data["totals"][key], "summary": key in with_totals} for key, label in _CARDS
            ],
            "rates": [{"label": label, **data["rates"][key]} for key, label in _RATES],
            "tables": [
                (title, headings.split(), [[_shown(one[name]) for name in names.split()] for one in data[part]])
                for part, title, headings, names in _TABLES
            ],
            "helps": {name: self.opts.get_field(name).help_text for name in ("before", "after")},
            "may_write": request.user.has_perm(CHANGE, subject),
            "unexplained": unexplained(data),
            "progress": progress if progress is not None and progress.is_running else None,
            "failure": progress.message if progress and progress.state == JobState.FAILED else "",
            "outdated": bool(subject.pdf) and subject.data != data,
            "pdf": reverse("admin:congress_proposalreport_pdf", args=[subject.pk]) if subject.pdf else "",
            "docx": reverse("admin:congress_proposalreport_docx", args=[subject.pk]) if subject.docx else "",
            "json": reverse("admin:congress_proposalreport_json", args=[subject.pk]),
        }

    def _keep(self, request: HttpRequest, report: ProposalReport) -> HttpResponse:
        if not request.user.has_perm(CHANGE, report):
            raise PermissionDenied
        try:
            with transaction.atomic():
                self._write(request, report)
                left = unexplained(report_data(report))
                if "_paper" in request.POST and not left:
                    start_report_paper(report=report)
        except DomainError as refused:
            messages.error(request, str(refused))
            return redirect(self.page(report))
        if left:
            messages.warning(request, "请先说明对不上的数字，说明会写进报告。")
        elif "_paper" not in request.POST:
            messages.success(request, "文字与说明已保存。")
        return redirect(self.page(report))

    @staticmethod
    def _write(request: HttpRequest, report: ProposalReport) -> None:
        """Keep the words that came with the form: around the figures, of the cases, and of what does not add up."""
        sent: Any = request.POST
        for doubt in report_data(report)["doubts"]:
            words = sent.get(f"explain-{doubt['drive']}")
            if words is not None and words.strip() != doubt["explanation"]:
                explain_difference(drive=ProposalDrive.objects.get(pk=doubt["drive"]), words=words)
        if "before" not in sent:
            return
        own = {name.removeprefix("case-"): words for name, words in sent.items() if name.startswith("case-")}
        cases = {int(number): words for number, words in own.items() if number.isdecimal()}
        if (chosen := sent.get("new-case", "")).isdecimal():
            cases[int(chosen)] = sent.get("new-case-words", "")
        write_report(report=report, before=sent["before"], after=sent.get("after", ""), cases=cases)

    def json_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        report = self.seen(request, str(pk))
        text = json.dumps(report_data(report), ensure_ascii=False, indent=2)
        return HttpResponse(text + "\n", content_type="application/json; charset=utf-8")

    def pdf_view(self, request: HttpRequest, pk: int) -> FileResponse:
        """Hand out the PDF last made, logged."""
        report = self.seen(request, str(pk))
        return give_made(request, report.pdf, name=f"{report.title}.pdf", kind="congress.proposalreport")

    def docx_view(self, request: HttpRequest, pk: int) -> FileResponse:
        """Hand out the Word document last made, logged."""
        report = self.seen(request, str(pk))
        kind, name = "congress.proposalreport", f"{report.title}.docx"
        return give_made(request, report.docx, name=name, kind=kind, content_type=WORD)

    @staticmethod
    def page(report: ProposalReport) -> str:
        return reverse("admin:congress_proposalreport_change", args=[report.pk])
