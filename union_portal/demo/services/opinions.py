"""The demo's surveys: satisfaction with sessions, 民主评议 of leaders, 会员评家; past ones closed, one open today."""

import datetime as dt
from random import Random

from congress.bodies.enums import Body
from congress.departments.enums import DepartmentDuty
from congress.departments.models import DepartmentPost
from congress.sessions.models import Sitting
from congress.suggestions import services as suggestions
from congress.suggestions.models import Suggestion, SuggestionDrive
from congress.surveys.enums import AnswerKind, Audience, SurveyKind
from congress.surveys.models import Survey, SurveySheet
from congress.surveys.services import sealed_sheets, surveys
from union_portal.accounts.models import User
from union_portal.demo.services import topics
from union_portal.demo.services.assembly import DAY, HELD, Assembly
from union_portal.demo.services.clock import at
from union_portal.demo.services.handling import account
from union_portal.demo.services.register import World

SESSION = ("您对本次大会的筹备和组织是否满意？", "您对提案办理情况是否满意？", "您对工会工作报告是否满意？")
HOME = (
    "您对工会维护职工权益的工作是否满意？",
    "您对工会的慰问和服务是否满意？",
    "您对所在分工会的活动是否满意？",
    "您对工会经费的公开是否满意？",
)
WISHES = (
    "希望多组织户外活动。",
    "建议慰问品增加选择。",
    "感谢工会一年来的关心。",
    "体检项目可以再丰富一些。",
    "希望恢复暑期疗休养。",
)
LEADERS = ("副校长", "总务与基建分管领导", "教学与学生分管领导")
SATISFIED = (("satisfied", 78), ("basically", 17), ("dissatisfied", 5))
GRADES = (("excellent", 64), ("competent", 27), ("basically", 7), ("not_competent", 2))


def suggest(world: World, assembly: Assembly) -> None:
    """Call for suggestions; some are sent to departments, some answered."""
    today = world.today
    drive = SuggestionDrive.objects.create(
        title=f"{today.year}年“金点子”合理化建议征集",
        opens_on=today - 20 * DAY,
        closes_on=today + 15 * DAY,
        words="围绕教学、管理与服务，欢迎每位会员提出切实可行的建议。",
    )
    people = world.settled()
    for place, (title, text) in enumerate(topics.SUGGESTIONS):
        with at(today - (16 - place) * DAY):
            made = suggestions.hand_in(
                drive=drive, author=people[40 + place], title=title, text=text, actor=account(people[40 + place])
            )
            if place % 2:
                department = assembly.departments["HQ" if place > 2 else "DZ"]
                suggestions.send(
                    rows=Suggestion.objects.filter(pk=made.pk),
                    department=department,
                    due_on=today + 20 * DAY,
                    actor=world.user("congress"),
                )
        if place % 4 == 1:
            with at(today - 2 * DAY):
                suggestions.answer(
                    rows=Suggestion.objects.filter(pk=made.pk),
                    answer="建议很好，已安排落实。",
                    actor=world.user("congress"),
                    published=True,
                )


def ask_around(world: World, assembly: Assembly) -> None:
    """Ask delegates after each session, about the leaders once a year, and all members about their union."""
    held = assembly.sessions[:-1]
    for session in held:
        sitting = session.sittings.select_related("session").get(congress__body=Body.STAFF)
        title = f"{session.convened_on.year}年教代会代表满意度测评"
        made = _drafted(world, title, SurveyKind.SESSION, SESSION, on=session.convened_on, sitting=sitting)
        if session == held[HELD - 1]:
            _answered(world, made, share=0.9, on=session.convened_on)
        else:
            _counted_on_paper(world, made, on=session.convened_on, asked=80, answered=74)
    _appraise(world, assembly, sitting)
    last = dt.date(world.today.year - 1, 11, 10)
    made = _drafted(world, f"{last.year}年会员评家", SurveyKind.UNION, HOME, on=last)
    _counted_on_paper(world, made, on=last, asked=1200, answered=1126)
    opens = world.today - 6 * DAY
    made = _drafted(world, f"{opens.year}年会员评家", SurveyKind.UNION, HOME, on=opens, words=True)
    _answered(world, made, share=0.35, on=opens, close=False)


def _drafted(
    world: World,
    title: str,
    kind: SurveyKind,
    questions: tuple[str, ...],
    *,
    on: dt.date,
    sitting: Sitting | None = None,
    words: bool = False,
) -> Survey:
    with at(on):
        made = Survey.objects.create(
            title=title,
            kind=kind,
            sitting=sitting,
            audience=Audience.DELEGATES if sitting else Audience.MEMBERS,
            opens_on=on,
            closes_on=on + 14 * DAY,
            words="测评不记名，请如实填写。",
            created_by=_officer(world),
        )
        for text in questions:
            surveys.add_question(survey=made, text=text, kind=AnswerKind.SATISFACTION)
        if words:
            surveys.add_question(survey=made, text="您对工会工作还有什么意见和建议？", kind=AnswerKind.WORDS)
    return made


def _officer(world: World) -> User:
    return world.user("congress")


def _appraise(world: World, assembly: Assembly, sitting: Sitting) -> None:
    """民主评议: the delegates grade the leaders who answer for the departments."""
    day = sitting.session.convened_on
    posts = DepartmentPost.objects.filter(department__in=assembly.departments.values(), duty=DepartmentDuty.LEADER)
    leaders = {post.person_id: post.person for post in posts.select_related("person").order_by("pk")}
    made = _drafted(world, f"{day.year}年民主评议领导干部", SurveyKind.APPRAISAL, (), on=day, sitting=sitting)
    with at(day):
        for person, post in zip(leaders.values(), LEADERS, strict=False):
            surveys.appraise(survey=made, person=person, post=post)
    _answered(world, made, share=0.94, on=day)


def _answered(world: World, survey: Survey, *, share: float, on: dt.date, close: bool = True) -> None:
    """Let a share of those asked answer, written in bulk as `surveys.answer` does for one; close after a week."""
    with at(on):
        opened = surveys.open_survey(survey=survey, actor=_officer(world))
    questions = list(opened.questions.all())
    tickets = list(opened.tickets.order_by("person").values_list("pk", flat=True))
    used = world.random.sample(tickets, int(len(tickets) * share))
    opened.tickets.filter(pk__in=used).update(used=True)
    seal = sealed_sheets.sealer(survey=opened)
    said = ({str(question.pk): _say(world.random, question.kind) for question in questions} for _ticket in used)
    SurveySheet.objects.bulk_create(SurveySheet(survey=opened, answers=seal(answers)) for answers in said)
    if close:
        with at(on + 7 * DAY):
            surveys.close(survey=opened, actor=_officer(world))


def _say(random: Random, kind: str) -> str:
    if kind == AnswerKind.WORDS:
        return random.choice(WISHES) if random.random() < 0.05 else ""
    choices = GRADES if kind == AnswerKind.GRADE else SATISFIED
    return random.choices([key for key, _weight in choices], [weight for _key, weight in choices])[0]


def _counted_on_paper(world: World, survey: Survey, *, on: dt.date, asked: int, answered: int) -> None:
    totals = {}
    for place, question in enumerate(survey.questions.all()):
        dissatisfied, basically = 2 + place, answered // 6 - place
        totals[question.pk] = {
            "satisfied": answered - dissatisfied - basically,
            "basically": basically,
            "dissatisfied": dissatisfied,
        }
    with at(on + 7 * DAY):
        surveys.record_totals(survey=survey, asked=asked, answered=answered, totals=totals, actor=_officer(world))
