"""What the worker does for rounds."""

import logging

from procrastinate.contrib.django import app

from members.branches.services.tree import union_name
from union_portal.base.errors import DomainError
from union_portal.base.models.papers import FAILED, PaperState
from welfare.rounds.models import RoundPaper
from welfare.rounds.renderers import render_sheets
from welfare.rounds.services import sheets

logger = logging.getLogger(__name__)


@app.task(queue="paper", name="welfare.render_sheets")
def render_round_sheets(paper_id: int) -> None:
    """Make the sign-off sheets that were asked for; running again after a crash does no harm."""
    paper = RoundPaper.objects.select_related("round__occasion", "round__benefit", "branch").filter(pk=paper_id).first()
    if paper is None or paper.state == PaperState.DONE:
        return
    try:
        parts = list(sheets.sheets(round_=paper.round, branch=paper.branch))
        content, pages = render_sheets(
            round_=paper.round,
            union=union_name(),
            parts=parts,
            progress=lambda done, message: sheets.report_progress(paper=paper, done=done, message=message),
        )
    except DomainError as refused:
        sheets.fail(paper=paper, message=str(refused))
    except Exception:
        logger.exception("the sheets %s could not be made", paper_id)
        sheets.fail(paper=paper, message=FAILED)
        raise
    else:
        sheets.finish(paper=paper, content=content, pages=pages)
