"""A person's benefit statement on paper: asked for here, made by the worker, thrown away after some days."""

import datetime as dt

from django.core.files.base import ContentFile
from django.db import models, transaction
from django.utils import timezone

from members.people.models import Person
from union_portal.accounts.models import User
from union_portal.base.models.papers import PaperState
from welfare.statement.models import StatementPaper

KEPT_DAYS = 7


@transaction.atomic
def ask_for_statement(*, person: Person, actor: User | None, year: int | None = None) -> StatementPaper:
    """Note that a statement is wanted (one year, or all years); the caller hands the note to the worker.

    What the same account asked for before about the person and the year is thrown away.
    """
    _throw_away(StatementPaper.objects.filter(person=person, year=year, requested_by=actor))
    return StatementPaper.objects.create(person=person, year=year, requested_by=actor, message="排队等待生成")


def report_progress(*, paper: StatementPaper, done: int, message: str) -> None:
    """Say how far the worker is, in percent."""
    StatementPaper.objects.filter(pk=paper.pk).update(state=PaperState.WORKING, done=done, message=message[:300])


def finish(*, paper: StatementPaper, content: bytes, pages: int) -> None:
    """Keep the finished file; the name on the disk tells nothing about whom it is about."""
    paper.file.save(f"statement-{paper.pk}.pdf", ContentFile(content), save=False)
    paper.state, paper.done, paper.pages, paper.message = PaperState.DONE, 100, pages, "已生成"
    paper.save(update_fields=["file", "state", "done", "pages", "message"])


def fail(*, paper: StatementPaper, message: str) -> None:
    """Say why it could not be made."""
    StatementPaper.objects.filter(pk=paper.pk).update(state=PaperState.FAILED, message=message[:300])


def sweep() -> int:
    """Throw statements away that are older than KEPT_DAYS; returns how many."""
    return _throw_away(StatementPaper.objects.filter(requested_at__lt=timezone.now() - dt.timedelta(days=KEPT_DAYS)))


def _throw_away(papers: "models.QuerySet[StatementPaper]") -> int:
    count = 0
    for paper in papers:
        if paper.file:
            paper.file.delete(save=False)
        paper.delete()
        count += 1
    return count
