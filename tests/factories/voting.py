"""Sittings that are open with people in the hall, ballots, elections and surveys for tests."""

import datetime as dt
import itertools
from typing import Any

from django.utils import timezone

from congress.enums import AgendaKind, AnswerKind, Audience, BallotMethod, CommitteeKind, SurveyKind
from congress.models import AgendaItem, Ballot, Committee, Election, Sitting, Survey
from congress.services import agenda, ballots, elections, roll, sessions, surveys
from members.models import Person
from tests.factories import congress as make
from tests.factories import members
from union_portal.accounts.models import User

_numbers = itertools.count(1)


def sitting(*, due: int = 9, present: int | None = None, opened: bool = True, **fields: Any) -> Sitting:
    """Make a sitting today with so many delegates due and present (all unless said); open unless said otherwise."""
    body = make.congress(**fields)
    for _number in range(due):
        make.delegate(of=body)
    made = make.session(body, convened_on=timezone.localdate()).sittings.get()
    roll.draw_up(sitting=made, actor=None)
    come(made, due if present is None else present)
    return sessions.open_sitting(sitting=made, actor=None) if opened else made


def come(one: Sitting, count: int) -> None:
    """Let so many more voters come."""
    for entry in one.roll.filter(votes=True, came_at=None)[:count]:
        roll.check_in_from_list(entry=entry, actor=None)


def leave(one: Sitting, count: int) -> None:
    """Let so many voters leave the hall."""
    for entry in one.roll.filter(votes=True, came_at__isnull=False, left_at=None)[:count]:
        roll.leave(entry=entry, actor=None)


def voters(one: Sitting) -> list[Person]:
    """Return the people with a vote."""
    return [entry.person for entry in one.roll.filter(votes=True).select_related("person__user")]


def item(
    one: Sitting, *, kind: AgendaKind = AgendaKind.PASS, title: str = "绩效工资分配办法", **more: Any
) -> AgendaItem:
    """Put an item on the agenda."""
    return agenda.add_item(sitting=one, kind=kind, title=title, **more)


def ballot(one: Sitting, *, method: BallotMethod = BallotMethod.PAPER, actor: User | None = None) -> Ballot:
    """Open a ballot whose scrutineer is the last of the roll."""
    return ballots.open_ballot(item=item(one), method=method, actor=actor, scrutineer=voters(one)[-1])


def committee(**fields: Any) -> Committee:
    """Make a committee in office since last month."""
    fields.setdefault("kind", CommitteeKind.UNION)
    fields.setdefault("name", f"第{next(_numbers)}届工会委员会")
    fields.setdefault("began_on", timezone.localdate() - dt.timedelta(days=30))
    return Committee.objects.create(**fields)


def election(one: Sitting, *, seats: int, names: list[str], **more: Any) -> Election:
    """Open an election of invented people."""
    people = [members.member(name=name) for name in names]
    more.setdefault("scrutineer", voters(one)[-1])
    return elections.open_election(sitting=one, committee=committee(), seats=seats, people=people, actor=None, **more)


def survey(*, opened: bool = True, people: int = 6, **fields: Any) -> Survey:
    """Make a survey of the members with one graded question and one in words."""
    for _number in range(people):
        members.account(of=members.member())
    today = timezone.localdate()
    fields.setdefault("title", "会员评家")
    fields.setdefault("kind", SurveyKind.UNION)
    fields.setdefault("audience", Audience.MEMBERS)
    made = Survey.objects.create(opens_on=today, closes_on=today + dt.timedelta(days=7), **fields)
    surveys.add_question(survey=made, text="您对工会工作满意吗？", kind=AnswerKind.SATISFACTION)
    surveys.add_question(survey=made, text="您的意见", kind=AnswerKind.WORDS)
    return surveys.open_survey(survey=made, actor=None) if opened else made
