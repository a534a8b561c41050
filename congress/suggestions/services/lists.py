"""Suggestions entered by list: a discussion's notes, or those of past years with the answers they got (补录)."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from congress.departments.models import Department
from congress.sessions.models import Session
from congress.suggestions.enums import SuggestionSource, SuggestionState
from congress.suggestions.models import Suggestion, SuggestionDrive, SuggestionGroup, SuggestionMove
from members.people.models import Person
from union_portal.accounts.models import User
from union_portal.base.errors import DomainError


@dataclass(frozen=True)
class Line:
    """One suggestion of a list; with an answer's words or day it is recorded as answered, however short the record."""

    title: str
    source: SuggestionSource
    collected_on: dt.date
    text: str = ""
    session: Session | None = None
    drive: SuggestionDrive | None = None
    group: SuggestionGroup | None = None
    author: Person | None = None
    department: Department | None = None
    due_on: dt.date | None = None
    answer: str = ""
    answered_on: dt.date | None = None
    published: bool = False

    @property
    def answered(self) -> bool:
        """Whether it got an answer."""
        return bool(self.answer or self.answered_on)


@transaction.atomic
def record_list(*, lines: Sequence[Line], actor: User | None) -> list[Suggestion]:
    """Record all lines in a fixed number of queries: answered, with their department, or still with the office.

    Raises DomainError for a day in the future or an answer before its suggestion.
    """
    today = timezone.localdate()
    for line in lines:
        if line.collected_on > today:
            raise DomainError("日期晚于今天。", field="collected_on")
        if line.answered_on and not line.collected_on <= line.answered_on <= today:
            raise DomainError("答复日期应在提出日期之后，且不能是将来的日期。", field="answered_on")
    made: list[Suggestion] = Suggestion.objects.bulk_create(_row(line) for line in lines)
    born = [(one, "begin", "", one.state) for one in made]
    waiting = [one for one in made if one.state == SuggestionState.COLLECTED and one.department_id]
    sent = [(one, "send", SuggestionState.COLLECTED, SuggestionState.SENT) for one in waiting]
    # What a department has already is born with the office and sent on, as the table of moves asks.
    Suggestion.objects.filter(pk__in=[one.pk for one in waiting]).update(state=SuggestionState.SENT)
    SuggestionMove.objects.bulk_create(
        SuggestionMove(subject=one, action=action, source=source, target=target, actor=actor, reason="按清单补录")
        for one, action, source, target in (*born, *sent)
    )
    return made


def _row(line: Line) -> Suggestion:
    return Suggestion(
        source=line.source,
        session=line.session,
        drive=line.drive,
        group=line.group,
        author=line.author,
        title=line.title,
        text=line.text or line.title,
        state=SuggestionState.ANSWERED if line.answered else SuggestionState.COLLECTED,
        collected_on=line.collected_on,
        department=line.department,
        due_on=line.due_on,
        answer=line.answer,
        answered_on=line.answered_on,
        published=line.published and line.answered,
        recorded=True,
    )
