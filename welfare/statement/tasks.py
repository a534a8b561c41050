"""What the worker does for benefit statements."""

from django.utils import timezone
from procrastinate.contrib.django import app

from members.branches.services.tree import union_name
from members.people.models import Person
from union_portal.base.daily import daily
from union_portal.base.making import Progress, make
from welfare.statement.models import StatementPaper
from welfare.statement.renderers import render_statement
from welfare.statement.services import papers
from welfare.statement.services.lines import statement


@app.task(queue="paper", name="welfare.render_statement")
def render_person_statement(paper_id: int) -> None:
    """Make the benefit statement that was asked for; running again after a crash does no harm."""
    paper = StatementPaper.objects.filter(pk=paper_id).first()
    if paper is None:
        return
    person = Person.objects.filter(pk=paper.person_id).with_branch(on=timezone.localdate()).get()
    year = paper.year

    def work(progress: Progress) -> tuple[bytes, int]:
        told, branch = statement(person=person, year=year), person.branch_name_on or ""
        made = render_statement(
            told=told, branch=branch, union=union_name(), year=year, number=paper.pk, progress=progress
        )
        return made.pdf, made.pages

    # The name on the disk tells nothing about whom it is about.
    make(paper, name=f"statement-{paper.pk}.pdf", work=work)


@daily(at="03:27")
@app.task(queueing_lock="welfare.sweep_statements", name="welfare.sweep_statements")
def sweep_statements(timestamp: int) -> int:
    """Throw old statements away: they tell of illness and are made again in a moment."""
    del timestamp
    return papers.sweep()
