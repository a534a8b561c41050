"""What the worker does for welfare."""

import logging

from procrastinate.contrib.django import app

from members.services import union_name
from union_portal.base.errors import DomainError
from welfare.enums import PaperState
from welfare.models import RoundPaper
from welfare.renderers.sheets import render_sheets
from welfare.services import papers

logger = logging.getLogger(__name__)


@app.task(queue="paper", name="welfare.render_sheets")
def render_round_sheets(paper_id: int) -> None:
    """Make the sign-off sheets that were asked for; running again after a crash does no harm."""
    paper = RoundPaper.objects.select_related("round__occasion", "round__benefit", "branch").filter(pk=paper_id).first()
    if paper is None or paper.state == PaperState.DONE:
        return
    try:
        parts = list(papers.sheets(round_=paper.round, branch=paper.branch))
        content, pages = render_sheets(
            round_=paper.round,
            union=union_name(),
            parts=parts,
            progress=lambda done, message: papers.report_progress(paper=paper, done=done, message=message),
        )
    except DomainError as refused:
        papers.fail(paper=paper, message=str(refused))
    except Exception:
        logger.exception("the sheets %s could not be made", paper_id)
        papers.fail(paper=paper, message="排版失败，请重试；仍不成功请联系管理员")
        raise
    else:
        papers.finish(paper=paper, content=content, pages=pages)
