"""What the worker does for welfare."""

import logging

from django.utils import timezone
from procrastinate.contrib.django import app

from members.models import Person
from members.services import union_name
from union_portal.base.errors import DomainError
from welfare.enums import PaperState
from welfare.models import RoundPaper, StatementPaper
from welfare.renderers.sheets import render_sheets
from welfare.renderers.statements import render_statement
from welfare.services import papers, statement_papers
from welfare.services.statement import statement

logger = logging.getLogger(__name__)
FAILED = "排版失败，请重试；仍不成功请联系管理员"


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
        papers.fail(paper=paper, message=FAILED)
        raise
    else:
        papers.finish(paper=paper, content=content, pages=pages)


@app.task(queue="paper", name="welfare.render_statement")
def render_person_statement(paper_id: int) -> None:
    """Make the benefit statement that was asked for; running again after a crash does no harm."""
    paper = StatementPaper.objects.filter(pk=paper_id).first()
    if paper is None or paper.state == PaperState.DONE:
        return
    people = Person.objects.filter(pk=paper.person_id)
    person = people.with_branch(on=timezone.localdate()).get()
    try:
        made = render_statement(
            told=statement(person=person, year=paper.year),
            branch=person.branch_name_on or "",
            union=union_name(),
            year=paper.year,
            progress=lambda done, message: statement_papers.report_progress(paper=paper, done=done, message=message),
        )
    except DomainError as refused:
        statement_papers.fail(paper=paper, message=str(refused))
    except Exception:
        logger.exception("the statement %s could not be made", paper_id)
        statement_papers.fail(paper=paper, message=FAILED)
        raise
    else:
        statement_papers.finish(paper=paper, content=made.pdf, pages=made.pages)


@app.periodic(cron="27 3 * * *")
@app.task(queueing_lock="welfare.sweep_statements", name="welfare.sweep_statements")
def sweep_statements(timestamp: int) -> int:
    """Throw old statements away: they tell of illness and are made again in a moment."""
    del timestamp
    return statement_papers.sweep()
