"""Suggestions: how they come in, who answers them, and that they are answered in writing."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from congress.delegates.models import Delegation
from congress.departments.models import Department
from congress.sessions.models import Session
from congress.suggestions.enums import SUGGESTION_MACHINE, SuggestionSource, SuggestionState
from congress.suggestions.models import Suggestion, SuggestionDrive, SuggestionGroup, SuggestionMove
from members.people.models import Person
from union_portal.accounts.models import User
from union_portal.base.errors import DomainError, Refused
from union_portal.base.steps import begin, hold, move


def _text(value: str, *, field: str) -> str:
    cleaned = value.strip()
    if not cleaned:
        raise DomainError("请填写此项。", field=field)
    return cleaned


@transaction.atomic
def hand_in(*, drive: SuggestionDrive, author: Person, title: str, text: str, actor: User | None) -> Suggestion:
    """Take a member's suggestion to a drive (金点子); the button pressed twice hands it in once.

    Raises Refused when the drive is not open today, DomainError for empty words.
    """
    today = timezone.localdate()
    title, text = _text(title, field="title"), _text(text, field="text")
    if not drive.opens_on <= today <= drive.closes_on:
        raise Refused(f"“{drive}”的征集时间为 {drive.opens_on} 至 {drive.closes_on}。")
    # Two requests of one author wait for one another.
    Person.objects.select_for_update(no_key=True).get(pk=author.pk)
    same = Suggestion.objects.filter(drive=drive, author=author, title=title, text=text)
    found: Suggestion | None = same.first()
    if found is not None:
        return found
    made: Suggestion = Suggestion.objects.create(
        source=SuggestionSource.DRIVE,
        drive=drive,
        author=author,
        title=title,
        text=text,
        collected_on=today,
    )
    begin(made, actor=actor)
    return made


@transaction.atomic
def record(  # noqa: PLR0913
    *,
    source: SuggestionSource,
    title: str,
    text: str,
    collected_on: dt.date,
    actor: User | None,
    session: Session | None = None,
    drive: SuggestionDrive | None = None,
    delegation: Delegation | None = None,
    author: Person | None = None,
) -> Suggestion:
    """Enter a suggestion that came on paper or in a discussion. Raises DomainError for a day in the future."""
    if collected_on > timezone.localdate():
        raise DomainError("日期晚于今天。", field="collected_on")
    made: Suggestion = Suggestion.objects.create(
        source=source,
        session=session,
        drive=drive,
        delegation=delegation,
        author=author,
        title=_text(title, field="title"),
        text=_text(text, field="text"),
        collected_on=collected_on,
    )
    begin(made, actor=actor)
    return made


@transaction.atomic
def bundle(*, suggestions: Iterable[Suggestion], group: SuggestionGroup) -> int:
    """Put suggestions about one matter into a group; return how many."""
    count: int = Suggestion.objects.filter(pk__in=[one.pk for one in suggestions]).update(group=group)
    return count


@transaction.atomic
def gather(*, suggestions: Iterable[Suggestion], title: str, session: Session | None = None) -> SuggestionGroup:
    """Put suggestions into the group of that title, made when it is new. Raises DomainError without a title."""
    group, _is_new = SuggestionGroup.objects.get_or_create(title=_text(title, field="title"), session=session)
    bundle(suggestions=suggestions, group=group)
    return group


def _check_sending(*, department: Department, due_on: dt.date) -> None:
    if due_on < timezone.localdate():
        raise DomainError("期限早于今天。", field="due_on")
    if department.closed_on is not None and department.closed_on <= timezone.localdate():
        raise DomainError(
            f"“{department}”已于 {department.closed_on} 撤销，请选择接续的部门。",
            field="department",
        )


@transaction.atomic
def send(*, suggestion: Suggestion, department: Department, due_on: dt.date, actor: User | None) -> Suggestion:
    """Send a suggestion to a department, to be answered in writing by the day. Raises Refused, DomainError."""
    _check_sending(department=department, due_on=due_on)
    held = hold(suggestion)
    move(held, "send", actor=actor, why=str(department), department=department, due_on=due_on)
    return held


def _move_all(suggestions: Iterable[Suggestion], action: str, *, actor: User | None, why: str, **changes: Any) -> int:
    """Take all of them the same step in a fixed number of queries, or none; the refusal names who is in the way."""
    keys = {one.pk for one in suggestions}
    held = list(Suggestion.objects.select_for_update().filter(pk__in=keys).order_by("pk").only("pk", "title", "state"))
    stuck = [one.title for one in held if not SUGGESTION_MACHINE.allows(state=one.state, action=action)]
    if stuck:
        raise Refused(f"未作任何处理：其中{len(stuck)}条当前状态不能进行此操作，例如“{stuck[0]}”。")
    if not held:
        raise Refused("请至少选择一条意见建议。")
    targets = {one.pk: SUGGESTION_MACHINE.target(state=one.state, action=action) for one in held}
    # Every move of one action leads to the same state.
    Suggestion.objects.filter(pk__in=targets).update(state=targets[held[0].pk], **changes)
    SuggestionMove.objects.bulk_create(
        SuggestionMove(subject=one, action=action, source=one.state, target=targets[one.pk], actor=actor, reason=why)
        for one in held
    )
    return len(held)


@transaction.atomic
def send_all(*, suggestions: Iterable[Suggestion], department: Department, due_on: dt.date, actor: User | None) -> int:
    """Send many suggestions to one department, all or none; return how many. Raises Refused, DomainError."""
    _check_sending(department=department, due_on=due_on)
    return _move_all(suggestions, "send", actor=actor, why=str(department), department=department, due_on=due_on)


@transaction.atomic
def take_back(*, suggestion: Suggestion, actor: User | None, reason: str) -> Suggestion:
    """Take a suggestion back from its department, or let the department give it back, with the reason.

    Raises Refused.
    """
    held = hold(suggestion)
    move(held, "take_back", actor=actor, why=_text(reason, field="reason"), department=None, due_on=None)
    return held


@transaction.atomic
def answer(*, suggestion: Suggestion, text: str, actor: User | None, publish: bool = False) -> Suggestion:
    """Answer a suggestion in writing; its author sees the answer, all members when it is published. Raises Refused."""
    words = _text(text, field="answer")
    held = hold(suggestion)
    move(held, "answer", actor=actor, **_answered(words, actor=actor, publish=publish))
    return held


def _answered(words: str, *, actor: User | None, publish: bool) -> dict[str, Any]:
    return {"answer": words, "answered_on": timezone.localdate(), "answered_by": actor, "published": publish}


@transaction.atomic
def answer_all(*, suggestions: Iterable[Suggestion], text: str, actor: User | None, publish: bool = False) -> int:
    """Answer many suggestions with the same words, all or none; return how many. Raises Refused, DomainError."""
    words = _text(text, field="answer")
    return _move_all(suggestions, "answer", actor=actor, why="", **_answered(words, actor=actor, publish=publish))


@transaction.atomic
def answer_group(*, group: SuggestionGroup, text: str, actor: User | None, publish: bool = False) -> int:
    """Answer every open suggestion of a group with the same words; return how many. Raises DomainError."""
    words = _text(text, field="answer")
    open_ones = list(group.suggestions.filter(state__in=[SuggestionState.COLLECTED, SuggestionState.SENT]))
    if not open_ones:
        raise Refused("本组意见建议均已答复。")
    return answer_all(suggestions=open_ones, text=words, actor=actor, publish=publish)


@transaction.atomic
def set_aside(*, suggestion: Suggestion, reason: str, actor: User | None) -> Suggestion:
    """Keep a suggestion without sending it on, with the reason. Raises Refused."""
    held = hold(suggestion)
    move(held, "set_aside", actor=actor, why=_text(reason, field="reason"))
    return held


@transaction.atomic
def set_aside_all(*, suggestions: Iterable[Suggestion], reason: str, actor: User | None) -> int:
    """Set many aside for the same reason, all or none; return how many. Raises Refused, DomainError."""
    return _move_all(suggestions, "set_aside", actor=actor, why=_text(reason, field="reason"))


@transaction.atomic
def publish(*, suggestion: Suggestion, shown: bool) -> Suggestion:
    """Show an answered suggestion and its answer to all members, without its author's name; or hide it again."""
    held = hold(suggestion)
    if held.state != SuggestionState.ANSWERED:
        raise Refused("已答复的意见建议才能公开。")
    held.published = shown
    held.save(update_fields=["published"])
    return held


@transaction.atomic
def publish_all(*, suggestions: Iterable[Suggestion], shown: bool) -> int:
    """Show many answered suggestions to all members, or hide them; return how many. Raises Refused when one is open."""
    keys = [one.pk for one in suggestions]
    held = Suggestion.objects.select_for_update().filter(pk__in=keys)
    unanswered = [one.title for one in held if one.state != SuggestionState.ANSWERED]
    if unanswered:
        raise Refused(f"未作任何处理：其中{len(unanswered)}条尚未答复，例如“{unanswered[0]}”。")
    return Suggestion.objects.filter(pk__in=keys).update(published=shown)
