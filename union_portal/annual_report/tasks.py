"""What the worker does for reports."""

import logging

from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from union_portal.annual_report.enums import ReportState
from union_portal.annual_report.models import AnnualReport
from union_portal.annual_report.renderers.paper import render_pdf
from union_portal.annual_report.services.freezing import fail_freeze, finish_freeze
from union_portal.base import jobs
from union_portal.base.errors import DomainError

logger = logging.getLogger(__name__)
FAILED = "排版失败，已退回草稿；请重试，仍不成功请联系管理员"


def progress_key(report_id: int) -> str:
    """Return the key under which the page that waits finds the progress."""
    return f"annual_report:{report_id}"


def start_rendering(*, report_id: int) -> None:
    """Queue the PDF of a report being frozen and let the page that waits see it from the first moment."""
    jobs.start(key=progress_key(report_id), total=100, message=_("Waiting for the worker"))
    render_frozen.defer(report_id=report_id)


@app.task(queue="paper", name="annual_report.render_frozen", queueing_lock=None)
def render_frozen(report_id: int) -> None:
    """Make the PDF of a report being frozen from its snapshot; running again after a crash does no harm."""
    report = AnnualReport.objects.get(pk=report_id)
    if report.state != ReportState.FREEZING or report.snapshot is None:
        return
    key = progress_key(report_id)

    def progress(share: float, sentence: str) -> None:
        jobs.advance(key=key, done=round(share * 100), message=sentence)

    try:
        result = render_pdf(report.snapshot, created=report.moves.latest("at").at, progress=progress)
    except DomainError as refused:
        fail_freeze(report=report, failure=str(refused))
        jobs.fail(key=key, message=str(refused))
    except Exception:
        logger.exception("report %s could not be rendered", report_id)
        fail_freeze(report=report, failure=FAILED)
        jobs.fail(key=key, message=FAILED)
        raise
    else:
        finish_freeze(report=report, pdf=result.pdf, pages=result.pages)
        jobs.finish(key=key, message=_("Finished"))
