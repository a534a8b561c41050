"""What the worker does for reports."""

import logging

from procrastinate.contrib.django import app

from union_portal.annual_report.enums import ReportState
from union_portal.annual_report.models import AnnualReport
from union_portal.annual_report.renderers.paper import render_pdf
from union_portal.annual_report.services.freezing import fail_freeze, finish_freeze
from union_portal.base.errors import DomainError

logger = logging.getLogger(__name__)


@app.task(queue="paper", name="annual_report.render_frozen", queueing_lock=None)
def render_frozen(report_id: int) -> None:
    """Make the PDF of a report being frozen from its snapshot; running again after a crash does no harm."""
    report = AnnualReport.objects.get(pk=report_id)
    if report.state != ReportState.FREEZING or report.snapshot is None:
        return
    try:
        result = render_pdf(report.snapshot, created=report.moves.latest("at").at)
    except DomainError as refused:
        fail_freeze(report=report, failure=str(refused))
    except Exception:
        logger.exception("report %s could not be rendered", report_id)
        fail_freeze(report=report, failure="排版失败，已退回草稿；请重试，仍不成功请联系管理员")
        raise
    else:
        finish_freeze(report=report, pdf=result.pdf, pages=result.pages)
