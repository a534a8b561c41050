"""Suggestions, inspections, petitions, committees and regulations keep their promises."""

import datetime as dt
from typing import Any

import pytest

from congress.suggestions import services as suggestions
from congress.suggestions.enums import SuggestionSource, SuggestionState
from congress.suggestions.models import Suggestion, SuggestionDrive
from tests.factories import departments, members
from tests.factories.days import DAY, TODAY
from union_portal.base.errors import DomainError, Refused
from union_portal.base.steps import record


def drive(**fields: dt.date) -> SuggestionDrive:
    return SuggestionDrive.objects.create(
        title="金点子征集", **{"opens_on": TODAY - DAY, "closes_on": TODAY + DAY, **fields}
    )


def suggestion() -> Suggestion:
    one = Suggestion(source=SuggestionSource.DISCUSSION, title="食堂", text="延长供餐时间", collected_on=TODAY)
    return record(one, actor=None)


def only(*made: Suggestion) -> Any:
    return Suggestion.objects.filter(pk__in=[one.pk for one in made])


def test_a_drive_takes_suggestions_only_while_it_is_open() -> None:
    author = members.member()
    handed_in = suggestions.hand_in(drive=drive(), author=author, title="节能", text="改用感应灯", actor=None)
    assert handed_in.state == SuggestionState.COLLECTED
    with pytest.raises(Refused):
        suggestions.hand_in(
            drive=drive(opens_on=TODAY - 9 * DAY, closes_on=TODAY - DAY), author=author, title="x", text="y", actor=None
        )


def test_a_suggestion_goes_to_a_department_and_is_answered_in_writing() -> None:
    one, department = suggestion(), departments.department()
    suggestions.send(rows=only(one), department=department, due_on=TODAY + DAY, actor=None)
    with pytest.raises(DomainError):
        suggestions.answer(rows=only(one), answer="  ", actor=None)
    assert suggestions.answer(rows=only(one), answer="下月起延长至七点。", actor=None) == 1
    one.refresh_from_db()
    assert one.state == SuggestionState.ANSWERED
    assert [move.reason for move in one.moves.filter(action="send")] == [department.name]
    with pytest.raises(Refused):
        suggestions.answer(rows=only(one), answer="再答一次", actor=None)


def test_a_closed_department_gets_nothing() -> None:
    closed = departments.department(closed_on=TODAY - DAY)
    with pytest.raises(DomainError):
        suggestions.send(rows=only(suggestion()), department=closed, due_on=TODAY + DAY, actor=None)


def test_a_group_is_answered_together() -> None:
    group = suggestions.gather(rows=only(suggestion(), suggestion()), title="食堂")
    assert suggestions.answer_group(group=group, answer="统一答复", actor=None, published=True) == 2
    assert Suggestion.objects.published_answers().count() == 2
    with pytest.raises(Refused):
        suggestions.answer_group(group=group, answer="统一答复", actor=None)


def test_only_an_answered_suggestion_is_published() -> None:
    with pytest.raises(Refused):
        suggestions.publish(rows=only(suggestion()), shown=True)


pytestmark = pytest.mark.django_db
