"""The draft page and everything that is done with a report."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse

from union_portal.accounts.enums import Access
from union_portal.accounts.services import log_access
from union_portal.annual_report.reports.admin.pages import draft_page, preview_page, rows_page
from union_portal.annual_report.reports.enums import REPORT_MACHINE, ReportState
from union_portal.annual_report.reports.forms import HeadForm, ReasonForm, StartForm
from union_portal.annual_report.reports.models import AnnualReport, ReportPreview
from union_portal.annual_report.reports.services.drafting import explain, revise, start_report, write_texts
from union_portal.annual_report.reports.services.freezing import begin_freeze
from union_portal.annual_report.reports.tasks import start_preview, start_rendering
from union_portal.base.admin import PortalModelAdmin, display, dress, object_action
from union_portal.base.errors import DomainError
from union_portal.base.periods import Period
from union_portal.base.views import opened

PREVIEW_FORMS = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
FREEZE = "annual_report.freeze_annualreport"
CHANGE = "annual_report.change_annualreport"


def _freezes(report: AnnualReport) -> bool:
    return REPORT_MACHINE.allows(state=report.state, action="freeze")


def _is_draft(report: AnnualReport) -> bool:
    return report.state == ReportState.DRAFT


def _is_frozen(report: AnnualReport) -> bool:
    return report.state == ReportState.FROZEN


def _what_freezing_does(_admin: Any, _request: HttpRequest, report: AnnualReport) -> str:
    return f"《{report.title}》第 {report.version} 版将定稿：此后数据、文字和 PDF 均不再变动。"


def _what_a_preview_is(_admin: Any, _request: HttpRequest, _report: AnnualReport) -> str:
    return "将按当前数据和文字把草稿排成 PDF 和 Word，每页标明“草稿”，供审阅。"


@admin.register(AnnualReport)
class AnnualReportAdmin(PortalModelAdmin[AnnualReport]):
    list_display = ["title", "period", "version", "state", "frozen_at", "pages"]
    list_filter = ["state", "outline"]
    search_fields = ["title"]
    actions_detail = ["preview_draft", "freeze", "revise_report"]

    @display(description="期间")
    def period(self, report: AnnualReport) -> str:
        """The days the report covers."""
        return f"{report.period_start:%Y-%m-%d} – {report.period_end:%Y-%m-%d}"

    def get_urls(self) -> list[Any]:
        """Add the rows behind a figure and the PDF."""
        site = self.admin_site
        kept = site.admin_view(self.preview_file_view)
        own = [
            path("<int:pk>/rows/<str:key>/", site.admin_view(self.rows_view), name="annual_report_rows"),
            path("<int:pk>/pdf/", site.admin_view(self.pdf_view), name="annual_report_pdf"),
            path("<int:pk>/preview/", site.admin_view(self.preview_view), name="annual_report_preview"),
            path("<int:pk>/preview/<str:form>/", kept, name="annual_report_preview_file"),
        ]
        return [*own, *super().get_urls()]

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:  # noqa: ARG002
        """Start a draft: outline and period are all it takes."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = StartForm(request.POST or None)
        dress(form)
        if request.method == "POST" and form.is_valid():
            data = form.cleaned_data
            report = start_report(
                outline=data["outline"],
                period=Period(data["period_start"], data["period_end"]),
                actor=request.user,  # type: ignore[arg-type]
            )
            return redirect(self.page(report))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": "新建报告",
            "form": form,
            "confirmation": "数据即时统计，文字由您在数据前后撰写。",
            "back": reverse("admin:annual_report_annualreport_changelist"),
        }
        return TemplateResponse(request, "base/admin/action.html", context)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",  # noqa: ARG002
        extra_context: Any = None,  # noqa: ARG002
    ) -> HttpResponse:
        """Show the draft with its figures, or the frozen version; a POST saves the text."""
        report = self._visible(request, object_id)
        head = HeadForm(request.POST or None, instance=report)
        dress(head)
        refusal: DomainError | None = None
        if request.method == "POST":
            if not request.user.has_perm(CHANGE, report):
                raise PermissionDenied
            try:
                if head.is_valid():
                    self._save(request, report, head)
                    if "_preview" in request.POST:
                        return self._begin_preview(report)
                    messages.success(request, "已保存；下方数据为此刻的统计。")
                    return redirect(self.page(report))
            except DomainError as error:
                refusal = error
        return draft_page(self, request, report, head=head, refusal=refusal)

    @transaction.atomic
    def _save(self, request: HttpRequest, report: AnnualReport, head: HeadForm) -> None:
        texts = {
            int(name.removeprefix("text-")): (value, request.POST.get(name.replace("text-", "closing-"), ""))
            for name, value in request.POST.items()
            if name.startswith("text-") and name.removeprefix("text-").isdecimal()
        }
        write_texts(report=report, texts={key: (str(a), str(b)) for key, (a, b) in texts.items()})
        for name, value in request.POST.items():
            if name.startswith("explain-") and str(value).strip():
                explain(report=report, key=name.removeprefix("explain-"), text=str(value), actor=request.user)  # type: ignore[arg-type]
        head.save()

    @object_action(
        description="定稿", permission=FREEZE, offered=_freezes, confirmation=_what_freezing_does, primary=True
    )
    def freeze(self, request: HttpRequest, report: AnnualReport) -> str:
        """Take the snapshot and let the worker make the PDF."""
        with transaction.atomic():
            begin_freeze(report=report, actor=request.user)  # type: ignore[arg-type]
            start_rendering(report_id=report.pk)
        return "数据与文字已留存，正在生成 PDF。"

    @object_action(
        description="生成预览",
        permission=CHANGE,
        offered=_is_draft,
        confirmation=_what_a_preview_is,
    )
    def preview_draft(self, request: HttpRequest, report: AnnualReport) -> HttpResponseBase:  # noqa: ARG002
        """Let the worker lay the draft out; its page shows how far it is."""
        return self._begin_preview(report)

    def _begin_preview(self, report: AnnualReport) -> HttpResponse:
        with transaction.atomic():
            start_preview(report=report)
        return redirect("admin:annual_report_preview", report.pk)

    def preview_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show how far the preview is, then its files."""
        return preview_page(self, request, self._visible(request, str(pk)))

    def preview_file_view(self, request: HttpRequest, pk: int, form: str) -> FileResponse:
        """Hand out a preview as pdf or docx, logged."""
        report = self._visible(request, str(pk))
        preview = ReportPreview.objects.filter(report=report).first()
        if preview is None or form not in PREVIEW_FORMS or report.state != ReportState.DRAFT:
            raise Http404
        log_access(
            user=request.user,  # type: ignore[arg-type]
            action=Access.DOWNLOAD,
            kind="annual_report.reportpreview",
            subject=str(report.pk),
        )
        kept: FieldFile = getattr(preview, form)
        return FileResponse(opened(kept), filename=f"【草稿】{report.title}.{form}", content_type=PREVIEW_FORMS[form])

    @object_action(description="开始修订", permission=FREEZE, offered=_is_frozen, form=ReasonForm)
    def revise_report(self, request: HttpRequest, report: AnnualReport, *, reason: str) -> HttpResponseBase:
        """Start the next version; the frozen one stays."""
        return redirect(self.page(revise(report=report, reason=reason, actor=request.user)))  # type: ignore[arg-type]

    def rows_view(self, request: HttpRequest, pk: int, key: str) -> HttpResponse:
        """Show the rows behind one figure."""
        return rows_page(self, request, self._visible(request, str(pk)), key)

    def pdf_view(self, request: HttpRequest, pk: int) -> FileResponse:
        """Hand out a frozen version's PDF, logged."""
        report = self._visible(request, str(pk))
        if not report.pdf:
            raise Http404
        log_access(
            user=request.user,  # type: ignore[arg-type]
            action=Access.DOWNLOAD,
            kind="annual_report.annualreport",
            subject=str(report.pk),
        )
        name = f"{report.title}-v{report.version}.pdf"
        return FileResponse(opened(report.pdf), filename=name, content_type="application/pdf")

    def _visible(self, request: HttpRequest, object_id: str) -> AnnualReport:
        report = self.subject_or_404(request, object_id)
        if not self.has_view_permission(request, report):
            raise PermissionDenied
        return report

    @staticmethod
    def page(report: AnnualReport) -> str:
        """The report's own address."""
        return reverse("admin:annual_report_annualreport_change", args=[report.pk])
