"""What the worker does for sign-off sheets."""

from procrastinate.contrib.django import app

from members.branches.services.tree import union_name
from union_portal.base.making import Progress, make
from welfare.sheets.models import RoundPaper
from welfare.sheets.renderers import render_sheets
from welfare.sheets.services import sheets


@app.task(queue="paper", name="welfare.render_sheets")
def render_round_sheets(paper_id: int) -> None:
    """Make the sign-off sheets that were asked for; running again after a crash does no harm."""
    paper = RoundPaper.objects.select_related("round__occasion", "round__benefit", "branch").filter(pk=paper_id).first()
    if paper is None:
        return
    round_, branch = paper.round, paper.branch

    def work(progress: Progress) -> tuple[bytes, int]:
        parts = list(sheets(round_=round_, branch=branch))
        return render_sheets(round_=round_, union=union_name(), parts=parts, portal=paper.portal, progress=progress)

    make(paper, name=f"round-{round_.pk}-{paper.pk}.pdf", work=work)
