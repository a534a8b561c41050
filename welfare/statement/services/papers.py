"""A person's benefit statement on paper: asked for here, made by the worker, thrown away after some days."""

import datetime as dt
from functools import partial

from django.core.files.storage import default_storage
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

    What the same account asked for before about the person and the year is thrown away; of two who ask at once the
    second waits for the first.
    """
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    _throw_away(StatementPaper.objects.filter(person=person, year=year, requested_by=actor))
    return StatementPaper.objects.create(person=person, year=year, requested_by=actor, message=PaperState.WAITING.label)


def sweep() -> int:
    """Throw statements away that are older than KEPT_DAYS; returns how many."""
    return _throw_away(StatementPaper.objects.filter(requested_at__lt=timezone.now() - dt.timedelta(days=KEPT_DAYS)))


def _throw_away(papers: "models.QuerySet[StatementPaper]") -> int:
    """Delete the rows, and the files once that holds: a row that comes back must find its file."""
    count = 0
    for paper in papers:
        if paper.file:
            transaction.on_commit(partial(default_storage.delete, str(paper.file.name)))
        paper.delete()
        count += 1
    return count
