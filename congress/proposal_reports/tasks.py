"""The PDF of a report on proposals, made by the worker."""

from django.utils import timezone
from procrastinate.contrib.django import app

from congress.proposal_reports.models import ProposalReport
from congress.proposal_reports.renderers import render_proposal_docx, render_proposal_report
from congress.proposal_reports.report.account import refuse_unexplained, report_data
from congress.proposal_reports.services import Papers, keep_paper
from union_portal.base import jobs

FAILED = "排版失败，请重试；仍不成功请联系管理员"


def report_key(report_id: int) -> str:
    """Return the key under which the page that waits finds the progress."""
    return f"congress.proposal_report:{report_id}"


def start_report_paper(*, report: ProposalReport) -> None:
    """Queue the PDF of a report on proposals; the page that waits sees it from the first moment."""
    jobs.queue(render_report, key=report_key(report.pk), report_id=report.pk)


@app.task(queue="paper", name="congress.render_proposal_report")
def render_report(report_id: int) -> None:
    """Make the PDF from the figures as they are now, refused while they do not add up and nobody said why."""
    report = ProposalReport.objects.filter(pk=report_id).first()
    if report is None:
        return
    key, now = report_key(report_id), timezone.localtime()

    def progress(share: float, sentence: str) -> None:
        jobs.advance(key=key, done=round(share * 95), message=sentence)

    with jobs.told(key=key, failed=FAILED):
        data = report_data(report)
        refuse_unexplained(data)
        result = render_proposal_report(data, created=now, progress=progress)
        made = Papers(pdf=result.pdf, pages=result.pages, docx=render_proposal_docx(data, created=now))
        keep_paper(report=report, data=data, made=made, made_at=now)
