"""The draft page and everything that is done with a report."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST

from members.branches.models import Branch
from union_portal.accounts.requests import account_of
from union_portal.accounts.views import give_made
from union_portal.annual_report.outlines.models import OutlineSection
from union_portal.annual_report.reports.admin.draft import draft_page, typed_into
from union_portal.annual_report.reports.admin.pages import preview_page, rows_page
from union_portal.annual_report.reports.admin.writing import figures_page, keeping, reading
from union_portal.annual_report.reports.enums import LIVE, ReportState
from union_portal.annual_report.reports.forms import HeadForm, ReasonForm, SendBackForm, second_look
from union_portal.annual_report.reports.models import AnnualReport, ReportPreview
from union_portal.annual_report.reports.services.confirming import who_confirms
from union_portal.annual_report.reports.services.drafting import explain, revise, start_report
from union_portal.annual_report.reports.services.freezing import (
    begin_freeze,
    give_up_freeze,
    is_abandoned,
    left_unsaved,
    send_back,
    submit,
)
from union_portal.annual_report.reports.services.writing import drop_unsaved, save_words
from union_portal.annual_report.reports.tasks import start_preview, start_rendering
from union_portal.base.admin import PortalModelAdmin, adopt, display, dress, object_action
from union_portal.base.errors import DomainError
from union_portal.base.paper.types import WORD
from union_portal.base.periods import Period

FORMS = {"pdf": "application/pdf", "docx": WORD}
FREEZE = "annual_report.freeze_annualreport"
REVISE = "annual_report.revise_annualreport"
# The month of the congress that hears what was done in the year before.
_LAST_YEARS_REPORT_UNTIL = 3
ADD = "annual_report.add_annualreport"
CHANGE = "annual_report.change_annualreport"


@admin.register(AnnualReport)
class AnnualReportAdmin(PortalModelAdmin[AnnualReport]):
    list_display = ["title", "whose", "period", "version", "state_shown", "frozen_at"]
    export_also = ["pages"]
    list_filter = ["state", "outline", "branch"]
    list_select_related = ["branch"]
    search_fields = ["title"]
    actions_detail = ["preview_draft", "submit", "send_back", "freeze", "give_up", "revise_report"]

    @display(description="期间")
    def period(self, report: AnnualReport) -> str:
        """The days the report covers."""
        return f"{report.period_start:%Y-%m-%d} – {report.period_end:%Y-%m-%d}"

    @display(description="范围")
    def whose(self, report: AnnualReport) -> str:
        """The school, or the branch that the report is about."""
        return str(report.branch or "全校")

    def get_urls(self) -> list[Any]:
        """Add the rows behind a figure and the PDF."""
        site = self.admin_site
        kept = site.admin_view(self.preview_file_view)
        own = [
            path("<int:pk>/rows/<str:key>/", site.admin_view(self.rows_view), name="annual_report_rows"),
            path("<int:pk>/pdf/", site.admin_view(self.pdf_view), name="annual_report_pdf"),
            path("<int:pk>/docx/", site.admin_view(self.docx_view), name="annual_report_docx"),
            path("<int:pk>/figures/", site.admin_view(self.figures_view), name="annual_report_figures"),
            path("<int:pk>/reading/", site.admin_view(self.reading_view), name="annual_report_reading"),
            path("<int:pk>/keeping/", site.admin_view(self.keeping_view), name="annual_report_keeping"),
            path("<int:pk>/preview/", site.admin_view(self.preview_view), name="annual_report_preview"),
            path("<int:pk>/preview/<str:form>/", kept, name="annual_report_preview_file"),
        ]
        return [*own, *super().get_urls()]

    def get_fields(self, request: HttpRequest, obj: AnnualReport | None = None) -> Any:  # noqa: ARG002
        """Outline, branch and period are all it takes to start a draft; its page is its own."""
        return ["outline", "branch", "period_start", "period_end"]

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Propose the running year; until the end of March the last one, which is reported on then."""
        today = timezone.localdate()
        year = Period.year(today.year - (today.month <= _LAST_YEARS_REPORT_UNTIL))
        days = {"period_start": year.start.isoformat(), "period_end": year.end.isoformat()}
        return {**days, **super().get_changeform_initial_data(request)}

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """Whoever writes for a branch alone chooses one of the own."""
        form: Any = super().get_form(request, obj, change, **kwargs)
        if obj is None and not request.user.has_perm(ADD, AnnualReport()):
            field = form.base_fields["branch"]
            field.required, field.help_text = True, "请选择您任主席的分工会，或其下属小组。"
            field.queryset = Branch.objects.led_by(account_of(request))
        return form

    def save_model(self, request: HttpRequest, obj: AnnualReport, form: Any, change: bool) -> None:  # noqa: ARG002
        """Start the draft with its chapters."""
        period = Period(obj.period_start, obj.period_end)
        made = start_report(outline=obj.outline, period=period, actor=account_of(request), branch=obj.branch)
        adopt(obj, made)

    def response_add(self, request: HttpRequest, obj: AnnualReport, *_asked: Any) -> HttpResponse:
        """Lead to the draft."""
        request.portal_made = self.page(obj)  # type: ignore[attr-defined]
        return redirect(self.page(obj))

    def change_view(self, request: HttpRequest, object_id: str, *_asked: Any, **_more: Any) -> HttpResponse:
        """Show the draft with its figures, or the frozen version; a POST saves the text."""
        report = self.seen(request, object_id)
        head = HeadForm(request.POST or None, instance=report)
        dress(head)
        refusal: DomainError | None = None
        if request.method == "POST":
            if not request.user.has_perm(CHANGE, report):
                raise PermissionDenied
            if "_discard" in request.POST:
                return self._discard(request, report)
            try:
                if head.is_valid():
                    self._save(request, report, head)
                    if "_preview" in request.POST:
                        return self._begin_preview(report)
                    messages.success(request, "已保存；下方数据为此刻的统计。")
                    return redirect(f"{self.page(report)}?saved")
            except DomainError as error:
                refusal = error
        return draft_page(self, request, report, head=head, refusal=refusal)

    @transaction.atomic
    def _save(self, request: HttpRequest, report: AnnualReport, head: HeadForm) -> None:
        own = OutlineSection.objects.filter(chapter__outline=report.outline).values_list("pk", flat=True)
        typed = typed_into(request.POST)
        actor = account_of(request)
        save_words(report=report, typed={one: typed[one] for one in own if one in typed}, actor=actor)
        for name, value in request.POST.items():
            if name.startswith("explain-") and str(value).strip():
                explain(report=report, key=name.removeprefix("explain-"), text=str(value), actor=actor)
        head.save()

    def _discard(self, request: HttpRequest, report: AnnualReport) -> HttpResponse:
        section = request.POST["_discard"]
        if section.isascii() and section.isdigit():
            drop_unsaved(report=report, by=account_of(request), sections=[int(section)])
        messages.success(request, "已放弃自动保存的文字。")
        return redirect(f"{self.page(report)}?saved")

    @object_action(
        description="提交定稿",
        permission=CHANGE,
        offered=lambda report: report.state == ReportState.DRAFT,
        form=second_look,
        confirmation=lambda _admin, request, report: (
            f"《{report.title}》第 {report.version} 版将提交定稿：文字不再修改，由另一位负责人确认后定稿，或退回修改。"
            f"{who_confirms(report, asked_by=account_of(request))}{left_unsaved(report)}"
        ),
        primary=True,
    )
    def submit(self, request: HttpRequest, report: AnnualReport, *, aware: bool = False) -> str:
        submit(report=report, actor=account_of(request), aware=aware)
        return "已提交定稿，等待另一位负责人确认。"

    @object_action(
        description="退回修改",
        permission=CHANGE,
        offered=lambda report: report.state == ReportState.SUBMITTED,
        form=SendBackForm,
    )
    def send_back(self, request: HttpRequest, report: AnnualReport, *, why: str) -> str:
        send_back(report=report, actor=account_of(request), why=why)
        return "已退回修改。"

    @object_action(
        description="确认定稿",
        permission=FREEZE,
        offered=lambda report: report.state == ReportState.SUBMITTED,
        form=second_look,
        confirmation=lambda _admin, _request, report: (
            f"《{report.title}》第 {report.version} 版由{report.submitted_by or '经办人'}提交，确认后定稿："
            f"此后数据、文字和 PDF 均不再变动。{left_unsaved(report)}"
        ),
        primary=True,
    )
    def freeze(self, request: HttpRequest, report: AnnualReport, *, aware: bool = False) -> str:
        with transaction.atomic():
            begin_freeze(report=report, actor=account_of(request), aware=aware)
            start_rendering(report_id=report.pk)
        return "数据与文字已留存，正在生成 PDF。"

    @object_action(
        description="退回待确认",
        permission=REVISE,
        offered=is_abandoned,
        confirmation=lambda *_asked: "后台没有完成这次定稿。报告将退回待确认，可以重新确认定稿，或退回修改。",
    )
    def give_up(self, request: HttpRequest, report: AnnualReport) -> str:
        give_up_freeze(report=report, actor=account_of(request))
        return "已退回待确认。"

    @object_action(
        description="生成预览",
        permission=CHANGE,
        offered=lambda report: report.state in LIVE,
        confirmation=lambda *_asked: "将按当前数据和文字把草稿排成 PDF 和 Word，每页标明“草稿”，供审阅。",
    )
    def preview_draft(self, request: HttpRequest, report: AnnualReport) -> HttpResponseBase:  # noqa: ARG002
        return self._begin_preview(report)

    def _begin_preview(self, report: AnnualReport) -> HttpResponse:
        with transaction.atomic():
            start_preview(report=report)
        return redirect("admin:annual_report_preview", report.pk)

    def preview_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show how far the preview is, then its files."""
        return preview_page(self, request, self.seen(request, str(pk)))

    def preview_file_view(self, request: HttpRequest, pk: int, form: str) -> FileResponse:
        """Hand out a preview as pdf or docx, logged."""
        report = self.seen(request, str(pk))
        preview = ReportPreview.objects.filter(report=report).first()
        if preview is None or form not in FORMS or report.state not in LIVE:
            raise Http404
        kept, name, about = getattr(preview, form), f"【草稿】{report.title}.{form}", str(report.pk)
        return give_made(
            request, kept, name=name, kind="annual_report.reportpreview", content_type=FORMS[form], subject=about
        )

    @object_action(
        description="开始修订",
        permission=REVISE,
        offered=lambda report: report.state == ReportState.FROZEN,
        form=ReasonForm,
    )
    def revise_report(self, request: HttpRequest, report: AnnualReport, *, reason: str) -> HttpResponseBase:
        return redirect(self.page(revise(report=report, reason=reason, actor=account_of(request))))

    def rows_view(self, request: HttpRequest, pk: int, key: str) -> HttpResponse:
        """Show the rows behind one figure."""
        return rows_page(self, request, self.seen(request, str(pk)), key)

    def figures_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the figures that can be put into a draft's texts."""
        return figures_page(self, request, self.seen(request, str(pk)))

    @method_decorator(require_POST)
    def reading_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Answer how a text reads as it is typed."""
        return reading(request, self.seen(request, str(pk)))

    @method_decorator(require_POST)
    def keeping_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Keep what was typed so far."""
        return keeping(request, self.seen(request, str(pk)))

    def pdf_view(self, request: HttpRequest, pk: int) -> FileResponse:
        """Hand out a frozen version's PDF, logged."""
        report = self.seen(request, str(pk))
        name = f"{report.title}-第{report.version}版.pdf"
        return give_made(request, report.pdf, name=name, kind="annual_report.annualreport")

    def docx_view(self, request: HttpRequest, pk: int) -> FileResponse:
        """Hand out a frozen version in Word, logged."""
        report = self.seen(request, str(pk))
        name = f"{report.title}-第{report.version}版.docx"
        return give_made(request, report.docx, name=name, kind="annual_report.annualreport", content_type=WORD)

    @staticmethod
    def page(report: AnnualReport) -> str:
        """The report's own address."""
        return reverse("admin:annual_report_annualreport_change", args=[report.pk])
