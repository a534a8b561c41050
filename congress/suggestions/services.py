"""Suggestions: how they come in, who answers them, and that they are answered in writing. Steps go for many at once."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone

from congress.departments.models import Department
from congress.sessions.models import Session
from congress.suggestions.enums import OPEN, SuggestionSource, SuggestionState
from congress.suggestions.models import Suggestion, SuggestionDrive, SuggestionGroup
from congress.suggestions.querysets import SuggestionQuerySet
from members.people.models import Person
from union_portal.accounts.models import User
from union_portal.base.errors import DomainError, Refused
from union_portal.base.steps import record, take_all


@transaction.atomic
def hand_in(*, drive: SuggestionDrive, author: Person, title: str, text: str, actor: User | None) -> Suggestion:
    """Take a member's suggestion to a drive (金点子); the button pressed twice hands it in once.

    Raises Refused when the drive is not open today, DomainError for empty words.
    """
    if not drive.is_running:
        raise Refused(f"“{drive}”的征集时间为 {drive.opens_on} 至 {drive.closes_on}。")
    # Two requests of one author wait for one another.
    Person.objects.select_for_update(no_key=True).get(pk=author.pk)
    words = {"title": title.strip(), "text": text.strip()}
    found: Suggestion | None = Suggestion.objects.filter(drive=drive, author=author, **words).first()
    if found is not None:
        return found
    today = timezone.localdate()
    made = Suggestion(source=SuggestionSource.DRIVE, drive=drive, author=author, collected_on=today, **words)
    return record(made, actor=actor)


@transaction.atomic
def gather(*, rows: SuggestionQuerySet, title: str, session: Session | None = None) -> SuggestionGroup:
    """Put suggestions about one matter into the group of that title, made when it is new."""
    group: SuggestionGroup = SuggestionGroup.objects.get_or_create(title=title.strip(), session=session)[0]
    rows.update(group=group)
    return group


def send(*, rows: SuggestionQuerySet, department: Department, due_on: dt.date, actor: User | None) -> int:
    """Send suggestions to a department, to be answered in writing by the day; all or none."""
    today = timezone.localdate()
    if due_on < today:
        raise DomainError("期限早于今天。", field="due_on")
    if department.closed_on is not None and department.closed_on <= today:
        raise DomainError(f"“{department}”已于 {department.closed_on} 撤销，请选择接续的部门。", field="department")
    return take_all(rows, action="send", actor=actor, why=str(department), department=department, due_on=due_on)


def take_back(*, rows: SuggestionQuerySet, why: str, actor: User | None) -> int:
    """Take suggestions back from their department, or let it give them back, with the reason."""
    return take_all(rows, action="take_back", actor=actor, why=why, department=None, due_on=None)


def answer(
    *, rows: SuggestionQuerySet, answer: str, actor: User | None, published: bool = False, reply_kind: str = ""
) -> int:
    """Answer suggestions in writing; authors see the answer, all members when it is published. All or none."""
    return _answer(rows, answer, actor=actor, published=published, reply_kind=reply_kind)


def _answer(rows: SuggestionQuerySet, words: str, *, actor: User | None, published: bool, reply_kind: str) -> int:
    told: dict[str, Any] = {
        "answer": words.strip(),
        "published": published,
        "reply_kind": reply_kind,
        "answered_on": timezone.localdate(),
        "answered_by": actor,
    }
    return take_all(rows, action="answer", actor=actor, **told)


def answer_group(
    *, group: SuggestionGroup, answer: str, actor: User | None, published: bool = False, reply_kind: str = ""
) -> int:
    """Answer every open suggestion of a group with the same words; return how many."""
    waiting = group.suggestions.filter(state__in=OPEN)
    if not waiting.exists():
        raise Refused("本组意见建议均已答复。")
    return _answer(waiting, answer, actor=actor, published=published, reply_kind=reply_kind)


@transaction.atomic
def publish(*, rows: SuggestionQuerySet, shown: bool) -> int:
    """Show answered suggestions and their answers to all members, without names, or hide them; all or none."""
    open_ones = [one.title for one in rows.select_for_update() if one.state != SuggestionState.ANSWERED]
    if open_ones:
        raise Refused(f"未作任何处理：其中 {len(open_ones):,} 条尚未答复，例如“{open_ones[0]}”。")
    return rows.update(published=shown)
