"""Suggestions, inspections, petitions, committees and regulations keep their promises."""

import datetime as dt

import pytest

from congress.suggestions.enums import SuggestionSource, SuggestionState
from congress.suggestions.models import Suggestion, SuggestionDrive, SuggestionGroup
from congress.suggestions.services import suggestions
from tests.factories import departments, members
from tests.factories.days import DAY, TODAY
from union_portal.base.errors import DomainError, Refused


def drive(**fields: dt.date) -> SuggestionDrive:
    return SuggestionDrive.objects.create(
        title="金点子征集", **{"opens_on": TODAY - DAY, "closes_on": TODAY + DAY, **fields}
    )


def suggestion() -> Suggestion:
    return suggestions.record(
        source=SuggestionSource.DISCUSSION, title="食堂", text="延长供餐时间", collected_on=TODAY, actor=None
    )


def test_a_drive_takes_suggestions_only_while_it_is_open() -> None:
    author = members.member()
    handed_in = suggestions.hand_in(drive=drive(), author=author, title="节能", text="改用感应灯", actor=None)
    assert handed_in.state == SuggestionState.COLLECTED
    with pytest.raises(Refused):
        suggestions.hand_in(
            drive=drive(opens_on=TODAY - 9 * DAY, closes_on=TODAY - DAY), author=author, title="x", text="y", actor=None
        )


def test_a_suggestion_goes_to_a_department_and_is_answered_in_writing() -> None:
    department = departments.department()
    sent = suggestions.send(suggestion=suggestion(), department=department, due_on=TODAY + DAY, actor=None)
    with pytest.raises(DomainError):
        suggestions.answer(suggestion=sent, text="  ", actor=None)
    done = suggestions.answer(suggestion=sent, text="下月起延长至七点。", actor=None)
    assert done.state == SuggestionState.ANSWERED
    with pytest.raises(Refused):
        suggestions.answer(suggestion=done, text="再答一次", actor=None)


def test_a_closed_department_gets_nothing() -> None:
    closed = departments.department(closed_on=TODAY - DAY)
    with pytest.raises(DomainError):
        suggestions.send(suggestion=suggestion(), department=closed, due_on=TODAY + DAY, actor=None)


def test_a_group_is_answered_together() -> None:
    group = SuggestionGroup.objects.create(title="食堂")
    assert suggestions.bundle(suggestions=[suggestion(), suggestion()], group=group) == 2
    assert suggestions.answer_group(group=group, text="统一答复", actor=None, publish=True) == 2
    assert Suggestion.objects.published_answers().count() == 2
    with pytest.raises(Refused):
        suggestions.answer_group(group=group, text="统一答复", actor=None)


def test_only_an_answered_suggestion_is_published() -> None:
    with pytest.raises(Refused):
        suggestions.publish(suggestion=suggestion(), shown=True)


pytestmark = pytest.mark.django_db
