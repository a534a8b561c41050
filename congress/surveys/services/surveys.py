"""Surveys (测评) and appraisals of leaders (民主评议): drafted, opened to an audience, answered once each, tallied.

Nothing links a person to an anonymous sheet: it has neither person nor time nor order, answering changes no row that
history follows, until the close it is sealed, and the close writes sheets and tickets anew in random order, so that
neither the rows' order nor their transactions' numbers tell who returned which.
"""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from congress.attendance.services import roll
from congress.surveys.enums import SCALES, AnswerKind, Audience, SurveyKind, SurveyState
from congress.surveys.models import Appraisal, Survey, SurveyQuestion, SurveySheet, SurveyTicket
from congress.surveys.services import sealed_sheets
from members.branches.models import Branch
from members.people.models import Person
from union_portal.accounts.models import User
from union_portal.base.errors import Refused
from union_portal.base.steps import hold, move, saved

# With fewer sheets the totals of an anonymous survey would point at people.
LEAST_SHEETS = 5
LONGEST_WORDS = 1000


@transaction.atomic
def add_question(*, survey: Survey, text: str, kind: AnswerKind, position: int | None = None) -> SurveyQuestion:
    """Add a question to a draft, at the end unless a position is given."""
    held = _draft(survey)
    return _add(held, text=text, kind=kind, position=position)


@transaction.atomic
def appraise(*, survey: Survey, post: str, person: Person | None = None) -> Appraisal:
    """Put a leader (or a leading body) up for appraisal: one question with the four grades."""
    held = _draft(survey)
    if held.kind != SurveyKind.APPRAISAL:
        raise Refused("请在“民主评议”类测评中添加评议对象。")
    if held.appraisals.filter(person=person, post=post.strip()).exists():
        raise Refused(f"{person or post}已列为评议对象。", field="post")
    made: Appraisal = Appraisal.objects.create(survey=held, person=person, post=post.strip())
    _add(held, text=f"{post.strip()} {person.name if person else ''}".strip(), kind=AnswerKind.GRADE, appraisal=made)
    return made


def _add(
    survey: Survey, *, text: str, kind: AnswerKind, position: int | None = None, appraisal: Appraisal | None = None
) -> SurveyQuestion:
    last = survey.questions.order_by("-position").values_list("position", flat=True).first() or 0
    question = SurveyQuestion(
        survey=survey, text=text.strip(), kind=kind, position=position or last + 1, appraisal=appraisal
    )
    return saved(question)


def _draft(survey: Survey) -> Survey:
    held = hold(survey, "sitting__session", "branch")
    if held.state != SurveyState.DRAFT:
        raise Refused("测评已发起，题目不再更改。")
    return held


def people_asked(*, survey: Survey) -> list[int]:
    """Return the keys of the people the survey asks: delegates with a vote, members today, or a branch's."""
    today = timezone.localdate()
    if survey.audience == Audience.DELEGATES and survey.sitting is not None:
        on_roll = list(survey.sitting.roll.filter(votes=True).values_list("person_id", flat=True))
        return on_roll or [pk for pk, due in roll.due_now(sitting=survey.sitting).items() if due.votes]
    people = Person.objects.members(on=today)
    if survey.audience == Audience.BRANCH and survey.branch is not None:
        branches = Branch.objects.filter(pk=survey.branch.pk) | Branch.objects.filter(parent=survey.branch.pk)
        people = people.in_branch(branches, on=today)
    return list(people.values_list("pk", flat=True))


@transaction.atomic
def open_survey(*, survey: Survey, actor: User | None) -> Survey:
    """Open a draft: everybody asked gets one ticket; who is asked is fixed from now on.

    Refused without questions, after its last day, and when fewer than five are asked anonymously.
    """
    held = _draft(survey)
    today, people = timezone.localdate(), who_would_answer(survey=held)
    SurveyTicket.objects.bulk_create(SurveyTicket(survey=held, person_id=pk) for pk in people)
    move(held, "open", actor=actor, asked=len(people), opens_on=min(held.opens_on, today))
    return held


def must_have_questions(*, survey: Survey) -> None:
    """Raise Refused while nothing is asked."""
    if not survey.questions.exists():
        raise Refused("测评还没有题目。")


def who_would_answer(*, survey: Survey) -> list[int]:
    """Return whom the opening asks; raise Refused for what `open_survey` refuses."""
    must_have_questions(survey=survey)
    if survey.closes_on < timezone.localdate():
        raise Refused(f"截止日期 {survey.closes_on} 已过。")
    people = people_asked(survey=survey)
    if survey.anonymous and len(people) < LEAST_SHEETS:
        raise Refused(f"参加测评的只有 {len(people):,} 人，不足 {LEAST_SHEETS} 人无法保证匿名。")
    if not people:
        raise Refused("没有符合条件的参评人员。")
    return people


@transaction.atomic
def answer(*, survey: Survey, person: Person, answers: Mapping[str, str]) -> None:
    """Hand in a sheet, once per ticket; answers by the question's key. An anonymous sheet says nothing of the person.

    Refused for who was not asked, a second time, outside the days, or when a question to be graded is left out.
    """
    held = hold(survey)
    today = timezone.localdate()
    if held.state != SurveyState.OPEN or not held.opens_on <= today <= held.closes_on:
        raise Refused("测评未在进行中。", code="closed")
    ticket = SurveyTicket.objects.select_for_update().filter(survey=held, person=person).first()
    if ticket is None:
        raise Refused("您不在本次测评的参评人员中。", code="stranger")
    if ticket.used:
        raise Refused("您已提交过，每人只能填写一次。", code="twice")
    kept: dict[str, str] = {}
    for question in held.questions.all():
        said = answers.get(str(question.pk), "").strip()
        if question.kind == AnswerKind.WORDS:
            kept[str(question.pk)] = said[:LONGEST_WORDS]
        elif said in dict(SCALES[question.kind]):
            kept[str(question.pk)] = said
        else:
            raise Refused(f"请回答“{question.text}”。", field=f"question_{question.pk}")
    SurveyTicket.objects.filter(pk=ticket.pk).update(used=True)
    if held.anonymous:
        SurveySheet.objects.create(survey=held, answers=sealed_sheets.sealer(survey=held)(kept))
    else:
        SurveySheet.objects.create(survey=held, answers=kept, person=person)


@transaction.atomic
def close(*, survey: Survey, actor: User | None) -> Survey:
    """Close and tally the survey; an anonymous one is written anew in random order, too few sheets stay uncounted."""
    held = hold(survey)
    count = held.sheets.count()
    move(held, "close", actor=actor, answered=count)
    if held.anonymous:
        sealed_sheets.open_and_shuffle(survey=held)
    if not held.anonymous or count >= LEAST_SHEETS:
        _tally(held)
    return held


def _tally(survey: Survey) -> None:
    questions = list(survey.questions.all())
    sheets = list(survey.sheets.values_list("answers", flat=True))
    for question in questions:
        said = [sheet.get(str(question.pk), "") for sheet in sheets]
        if question.kind == AnswerKind.WORDS:
            # In alphabetical order: the sheets' order must not tie one person's words together.
            question.tally = {"words": sorted(words for words in said if words)}
        else:
            question.tally = {choice: said.count(choice) for choice, _label in SCALES[question.kind]}
    SurveyQuestion.objects.bulk_update(questions, ["tally"])


@transaction.atomic
def record_totals(
    *, survey: Survey, asked: int, answered: int, totals: Mapping[int, Mapping[str, int]], actor: User | None
) -> Survey:
    """Enter the totals of a survey that was counted on paper; by question, then by choice.

    Refused when more came back than were asked, or a question has more answers than sheets.
    """
    held = _draft(survey)
    if answered > asked:
        raise Refused(f"收回 {answered:,} 份，多于参评 {asked:,} 人，请核对。", field="answered")
    questions = list(held.questions.exclude(kind=AnswerKind.WORDS))
    if not questions:
        raise Refused("测评还没有题目。")
    for question in questions:
        counted = {choice: int(totals.get(question.pk, {}).get(choice, 0)) for choice, _l in SCALES[question.kind]}
        if sum(counted.values()) > answered:
            raise Refused(
                f"“{question.text}”合计 {sum(counted.values()):,} 份，多于收回 {answered:,} 份，请核对。",
                field=f"q{question.pk}_{next(iter(counted))}",
            )
        question.tally = counted
    SurveyQuestion.objects.bulk_update(questions, ["tally"])
    move(held, "record", actor=actor, recorded=True, asked=asked, answered=answered)
    return held


def remaining(*, survey: Survey) -> tuple[int, int]:
    """Return how many were asked and how many have answered, for a survey that is open; one query."""
    used = list(survey.tickets.values_list("used", flat=True))
    return len(used), sum(used)
