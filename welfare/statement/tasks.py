"""What the worker does for benefit statements."""

from django.utils import timezone
from procrastinate.contrib.django import app

from members.branches.services.tree import union_name
from members.people.models import Person
from union_portal.base.errors import DomainError
from union_portal.base.models.papers import FAILED, PaperState
from welfare.rounds.tasks import logger
from welfare.statement.models import StatementPaper
from welfare.statement.renderers import render_statement
from welfare.statement.services import papers
from welfare.statement.services.lines import statement


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
            progress=lambda done, message: papers.report_progress(paper=paper, done=done, message=message),
        )
    except DomainError as refused:
        papers.fail(paper=paper, message=str(refused))
    except Exception:
        logger.exception("the statement %s could not be made", paper_id)
        papers.fail(paper=paper, message=FAILED)
        raise
    else:
        papers.finish(paper=paper, content=made.pdf, pages=made.pages)


@app.periodic(cron="27 3 * * *")
@app.task(queueing_lock="welfare.sweep_statements", name="welfare.sweep_statements")
def sweep_statements(timestamp: int) -> int:
    """Throw old statements away: they tell of illness and are made again in a moment."""
    del timestamp
    return papers.sweep()
