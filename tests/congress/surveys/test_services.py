"""Surveys: once each, nothing before the close, nothing that ties a person to a sheet."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError
from django.utils import timezone

from congress.surveys.enums import AnswerKind, Audience, SurveyKind, SurveyState
from congress.surveys.models import Survey, SurveyQuestion, SurveySheet, SurveyTicket
from congress.surveys.services import surveys
from congress.surveys.services.results import results
from members.people.models import Person
from tests.factories import attendance, bodies, members
from tests.factories import surveys as voting
from union_portal.base.errors import Refused


def sheet(survey: Survey, choice: str = "satisfied", words: str = "") -> dict[str, str]:
    graded, written = survey.questions.all()
    return {str(graded.pk): choice, str(written.pk): words}


def asked(survey: Survey) -> list[Person]:
    return [ticket.person for ticket in survey.tickets.select_related("person")]


def answered(survey: Survey, count: int, choice: str = "satisfied") -> None:
    for number, person in enumerate(asked(survey)[:count]):
        surveys.answer(survey=survey, person=person, answers=sheet(survey, choice, f"意见{number}"))


def transactions(table: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT DISTINCT xmin::text FROM {table}")  # noqa: S608
        return [row[0] for row in cursor.fetchall()]


def test_a_person_answers_once_however_often_the_button_is_pressed() -> None:
    survey = voting.survey()
    person = asked(survey)[0]
    surveys.answer(survey=survey, person=person, answers=sheet(survey))
    with pytest.raises(Refused) as refused:
        surveys.answer(survey=survey, person=person, answers=sheet(survey, "dissatisfied"))
    assert refused.value.code == "twice"
    assert survey.sheets.count() == 1


def test_who_was_not_asked_answers_nothing() -> None:
    survey = voting.survey()
    with pytest.raises(Refused) as refused:
        surveys.answer(survey=survey, person=members.person(), answers=sheet(survey))
    assert refused.value.code == "stranger"


def test_a_question_left_out_or_an_invented_grade_is_refused_and_the_ticket_stays_good() -> None:
    survey = voting.survey()
    person = asked(survey)[0]
    for choice in ("", "wonderful"):
        with pytest.raises(Refused):
            surveys.answer(survey=survey, person=person, answers=sheet(survey, choice))
    surveys.answer(survey=survey, person=person, answers=sheet(survey))
    assert survey.sheets.count() == 1


def test_there_is_no_result_before_the_close() -> None:
    survey = voting.survey()
    answered(survey, 6)
    assert results(survey=survey) is None
    assert not any(question.tally for question in survey.questions.all())


def test_the_close_counts_and_shows_shares() -> None:
    survey = voting.survey(people=7)
    answered(survey, 5)
    for person in asked(survey)[5:6]:
        surveys.answer(survey=survey, person=person, answers=sheet(survey, "dissatisfied"))
    found = results(survey=surveys.close(survey=survey, actor=None))
    assert found is not None
    assert (found.asked, found.answered, str(found.rate), found.withheld) == (7, 6, "85.7", False)
    assert [(one.count, str(one.share)) for one in found.questions[0].choices] == [(5, "83.3"), (0, "0.0"), (1, "16.7")]
    assert found.questions[1].words == tuple(f"意见{number}" for number in range(5))


def test_fewer_than_five_sheets_are_withheld_and_kept_uncounted() -> None:
    survey = voting.survey()
    answered(survey, 4)
    closed = surveys.close(survey=survey, actor=None)
    found = results(survey=closed)
    assert found is not None
    assert (found.answered, found.withheld, found.questions) == (4, True, ())
    assert all(question.tally == {} for question in closed.questions.all())


def test_after_the_close_nobody_answers() -> None:
    survey = voting.survey()
    surveys.close(survey=survey, actor=None)
    with pytest.raises(Refused) as refused:
        surveys.answer(survey=survey, person=asked(survey)[0], answers=sheet(survey))
    assert refused.value.code == "closed"


def test_after_the_last_day_nobody_answers() -> None:
    survey = voting.survey()
    Survey.objects.filter(pk=survey.pk).update(
        opens_on=timezone.localdate() - dt.timedelta(days=3), closes_on=timezone.localdate() - dt.timedelta(days=1)
    )
    with pytest.raises(Refused):
        surveys.answer(survey=survey, person=asked(survey)[0], answers=sheet(survey))


def test_fewer_than_five_people_are_not_asked_anonymously() -> None:
    survey = voting.survey(opened=False, people=4)
    with pytest.raises(Refused):
        surveys.open_survey(survey=survey, actor=None)
    assert not SurveyTicket.objects.exists()


def test_an_anonymous_sheet_knows_no_person_and_the_database_refuses_one() -> None:
    survey = voting.survey()
    answered(survey, 5)
    assert not survey.sheets.exclude(person=None).exists()
    assert {field.name for field in SurveySheet._meta.get_fields()} == {"id", "survey", "answers", "person"}
    assert {field.name for field in SurveyTicket._meta.get_fields()} == {"id", "survey", "person", "used"}
    with pytest.raises(DatabaseError), transaction.atomic():
        SurveySheet.objects.create(survey=survey, answers={}, person=members.person())
    with pytest.raises(DatabaseError), transaction.atomic():
        Survey.objects.filter(pk=survey.pk).update(anonymous=False)


def test_answering_leaves_no_trace_in_the_history() -> None:
    survey = voting.survey()
    before = _events()
    answered(survey, 5)
    assert _events() == before


def _events() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND (relname LIKE 'congress%%event' OR relname ="
            " 'pghistory_context' OR relname LIKE 'congress%%move')"
        )
        names = [row[0] for row in cursor.fetchall()]
        total = 0
        for name in names:
            cursor.execute(f'SELECT count(*) FROM "{name}"')  # noqa: S608
            total += cursor.fetchone()[0]
    return total


@pytest.mark.django_db(transaction=True)
def test_the_close_writes_sheets_and_tickets_anew_so_that_no_number_pairs_them() -> None:
    survey = voting.survey(people=12)
    people = asked(survey)
    for number, person in enumerate(people):
        surveys.answer(survey=survey, person=person, answers=sheet(survey, "satisfied", f"意见{number:02d}"))
    keys = set(survey.sheets.values_list("pk", flat=True))
    tickets = set(survey.tickets.values_list("pk", flat=True))
    assert len(transactions("congress_surveysheet")) == 12
    surveys.close(survey=survey, actor=None)
    assert len(transactions("congress_surveysheet")) == 1
    assert transactions("congress_surveysheet") == transactions("congress_surveyticket")
    assert not keys & set(survey.sheets.values_list("pk", flat=True))
    assert not tickets & set(survey.tickets.values_list("pk", flat=True))
    assert stored("congress_surveysheet", "answers::text") != sorted(stored("congress_surveysheet", "answers::text"))
    assert [int(pk) for pk in stored("congress_surveyticket", "person_id")] != [person.pk for person in people]
    assert survey.tickets.filter(used=True).count() == survey.sheets.count() == 12


def test_until_the_close_a_sheet_is_sealed_and_all_are_of_one_length() -> None:
    survey = voting.survey(people=6)
    said = ["不满意，理由很长：" + "食堂" * 400, "", "好", '"引号"与\n换行' * 50, "意见", "满意"]
    for person, words in zip(asked(survey), said, strict=True):
        surveys.answer(survey=survey, person=person, answers=sheet(survey, "dissatisfied", words))
    lying = stored("congress_surveysheet", "answers::text")
    assert not [text for text in lying if "dissatisfied" in text or "食堂" in text or "意见" in text]
    assert len(set(lying)) == 6
    assert len({len(text) for text in lying}) == 1
    surveys.close(survey=survey, actor=None)
    graded, written = survey.questions.all()
    assert graded.tally["dissatisfied"] == 6
    assert sorted(written.tally["words"]) == sorted(words.strip() for words in said if words)


def stored(table: str, column: str) -> list[Any]:
    """Return the values in the order in which they lie on the disk."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {table} ORDER BY ctid")  # noqa: S608
        return [row[0] for row in cursor.fetchall()]


def test_a_survey_by_name_keeps_the_name() -> None:
    survey = voting.survey(anonymous=False, people=2)
    person = asked(survey)[0]
    surveys.answer(survey=survey, person=person, answers=sheet(survey))
    surveys.close(survey=survey, actor=None)
    assert survey.sheets.get().person == person
    found = results(survey=Survey.objects.get(pk=survey.pk))
    assert found is not None
    assert not found.withheld


def test_the_delegates_of_a_sitting_are_asked_and_a_branch_asks_its_own() -> None:
    one = attendance.sitting(due=6)
    survey = voting.survey(people=0, sitting=one, audience=Audience.DELEGATES, kind=SurveyKind.SESSION)
    assert {person.pk for person in asked(survey)} == {person.pk for person in attendance.voters(one)}
    branch = members.branch()
    for _number in range(5):
        members.member(branch=branch)
    own = voting.survey(people=0, branch=branch, audience=Audience.BRANCH)
    assert own.asked == 5


def test_leaders_are_appraised_by_one_question_each() -> None:
    survey = voting.survey(opened=False, kind=SurveyKind.APPRAISAL)
    leader = members.person(name="钱六")
    made = surveys.appraise(survey=survey, post="副院长", person=leader)
    question = SurveyQuestion.objects.get(appraisal=made)
    assert (question.text, question.kind) == ("副院长 钱六", AnswerKind.GRADE)
    with pytest.raises(Refused):
        surveys.appraise(survey=survey, post="副院长", person=leader)
    surveys.open_survey(survey=survey, actor=None)
    with pytest.raises(Refused):
        surveys.appraise(survey=survey, post="院长")


def test_totals_counted_on_paper_are_recorded_and_must_fit() -> None:
    survey = voting.survey(opened=False)
    graded = survey.questions.get(kind=AnswerKind.SATISFACTION)
    for asked_, answered_, count in ((80, 81, 1), (80, 70, 71)):
        with pytest.raises(Refused):
            surveys.record_totals(
                survey=survey, asked=asked_, answered=answered_, totals={graded.pk: {"satisfied": count}}, actor=None
            )
    done = surveys.record_totals(
        survey=survey,
        asked=80,
        answered=72,
        totals={graded.pk: {"satisfied": 60, "basically": 10, "dissatisfied": 2}},
        actor=bodies.officer(),
    )
    assert (done.state, done.recorded) == (SurveyState.CLOSED, True)
    found = results(survey=done)
    assert found is not None
    assert [one.count for one in found.questions[0].choices] == [60, 10, 2]


pytestmark = pytest.mark.django_db
