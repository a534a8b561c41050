"""What the worker does for reports."""

from functools import partial

from django.utils import timezone
from procrastinate.contrib.django import app

from union_portal.annual_report.composing.services.data import snapshot
from union_portal.annual_report.reports.enums import ReportState
from union_portal.annual_report.reports.models import AnnualReport
from union_portal.annual_report.reports.renderers.paper import render_pdf
from union_portal.annual_report.reports.renderers.word import render_docx
from union_portal.annual_report.reports.services.composing import compose_report
from union_portal.annual_report.reports.services.freezing import (
    fail_freeze,
    finish_freeze,
    progress_key,
    refuse_unfit,
)
from union_portal.annual_report.reports.services.previewing import keep_preview, mark_of, require_live
from union_portal.base import jobs

NO_PREVIEW = "排版失败，没有生成预览；请重试，仍不成功请联系管理员"
FAILED = "排版失败，没有定稿；请重试，仍不成功请联系管理员"


def preview_key(report_id: int) -> str:
    """Return the key of a preview's progress."""
    return f"annual_report.preview:{report_id}"


def start_preview(*, report: AnnualReport) -> None:
    """Queue a draft's preview; refused for a frozen report."""
    require_live(report)
    jobs.queue(render_preview, key=preview_key(report.pk), report_id=report.pk)


def start_rendering(*, report_id: int) -> None:
    """Queue the PDF of a report being frozen and let the page that waits see it from the first moment."""
    jobs.queue(render_frozen, key=progress_key(report_id), report_id=report_id)


@app.task(queue="paper", name="annual_report.render_frozen")
def render_frozen(report_id: int) -> None:
    """Make the PDF of a report being frozen from its snapshot; running again after a crash does no harm."""
    report = AnnualReport.objects.get(pk=report_id)
    if report.state != ReportState.FREEZING or report.snapshot is None:
        return
    key = progress_key(report_id)

    def progress(share: float, sentence: str) -> None:
        jobs.advance(key=key, done=round(share * 100), message=sentence)

    with jobs.told(key=key, failed=FAILED, after=partial(fail_freeze, report)):
        refuse_unfit(report.snapshot)
        created = report.moves.latest("at").at
        result = render_pdf(report.snapshot, created=created, progress=progress)
        docx = render_docx(report.snapshot, created=created)
        finish_freeze(report=report, pdf=result.pdf, docx=docx, pages=result.pages)


@app.task(queue="paper", name="annual_report.render_preview")
def render_preview(report_id: int) -> None:
    """Make a draft's preview from its figures and text as they are now; running again makes a newer one."""
    report = AnnualReport.objects.get(pk=report_id)
    key, now = preview_key(report_id), timezone.localtime()

    def progress(share: float, sentence: str) -> None:
        jobs.advance(key=key, done=round(share * 95), message=sentence)

    with jobs.told(key=key, failed=NO_PREVIEW):
        require_live(report)
        data = snapshot(compose_report(report)) | {"preview": mark_of(now)}
        result = render_pdf(data, created=now, progress=progress)
        docx = render_docx(data, created=now)
        keep_preview(report=report, pdf=result.pdf, docx=docx, pages=result.pages, made_at=now)
