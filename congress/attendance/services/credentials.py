"""代表资格审查: what a look at every mandate shows, and the report made of it."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count

from congress.attendance.models import CredentialsReport
from congress.bodies.enums import Body, Mode
from congress.delegates.enums import MandateStart, Seat
from congress.delegates.models import Delegate, UnitElection
from congress.delegates.services.composition import Composition, composition, of_people
from congress.sessions.models import Sitting
from members.memberships.models import Membership
from members.people.enums import MembershipState
from members.people.models import Person
from union_portal.accounts.models import User
from union_portal.base.errors import Refused
from union_portal.base.steps import hold


def of_sitting(*, sitting: Sitting) -> Composition:
    """Return the table of a sitting: its roll once drawn up, else the mandates on the day of the session."""
    day = sitting.session.convened_on
    voters = sitting.roll.filter(votes=True).values("person")
    if sitting.congress.mode == Mode.EVERYBODY or voters.exists():
        return of_people(congress=sitting.congress, people=Person.objects.filter(pk__in=voters), on=day)
    return composition(congress=sitting.congress, on=day)


@dataclass(frozen=True)
class Examination:
    """What the examination found: the composition, how mandates began, observers and guests, and objections."""

    composition: Composition
    delegations: int
    by_election: int
    observers: int
    guests: int
    objections: tuple[str, ...]


def examine(*, sitting: Sitting) -> Examination:
    """Look at every mandate that holds on the day of the session; at most six queries."""
    congress, day = sitting.congress, sitting.session.convened_on
    mandates = list(
        Delegate.objects.filter(congress=congress).in_force(on=day).select_related("person", "unit", "delegation")
    )
    voting = [one for one in mandates if one.seat == Seat.DELEGATE]
    return Examination(
        composition=of_sitting(sitting=sitting),
        delegations=len({one.delegation_id for one in voting if one.delegation_id}),
        by_election=sum(one.began_by == MandateStart.BY_ELECTION for one in voting),
        observers=sum(one.seat == Seat.OBSERVER for one in mandates),
        guests=sum(one.seat == Seat.GUEST for one in mandates),
        objections=(*_of_people(sitting, voting, day), *_of_units(sitting)),
    )


def _of_people(sitting: Sitting, voting: list[Delegate], day: dt.date) -> list[str]:
    people = [one.person_id for one in voting]
    active = set(
        Membership.objects.in_force(on=day)
        .filter(person__in=people, state=MembershipState.ACTIVE)
        .values_list("person_id", flat=True)
    )
    found = []
    for one in voting:
        name = one.person
        if one.person.died_on is not None and one.person.died_on <= day:
            found.append(f"{name}已去世，请终止其代表资格。")
        elif one.person.retired_on is not None and one.person.retired_on < day:
            found.append(f"{name}已退休，请终止其代表资格。")
        elif sitting.congress.body == Body.UNION and one.person_id not in active:
            found.append(f"{name}不是在会会员。")
        if one.unit_id is None:
            found.append(f"{name}：未登记选举单位。")
        if one.delegation_id is None:
            found.append(f"{name}未编入代表团。")
    return found


def _of_units(sitting: Sitting) -> list[str]:
    elections = UnitElection.objects.filter(congress=sitting.congress).select_related("branch")
    return [
        f"{one.branch}于 {one.held_on} 应选代表 {one.seats} 名，已登记 {one.recorded} 名。"
        for one in elections.annotate(recorded=Count("delegates"))
        if one.recorded != one.seats
    ]


def draft(*, sitting: Sitting, on: dt.date) -> str:
    """Return the report's words as offices write them, to be corrected by hand."""
    found = examine(sitting=sitting)
    objections = "；".join(text.rstrip("。") for text in found.objections)
    total = found.composition.total
    shares = "，".join(
        f"{_WORDS[row.key]}{row.count}人，占{row.percent}"
        for row in found.composition.rows
        if row.key in _WORDS and row.unknown < row.of
    )
    seats = f"应到正式代表{total}名" + (f"，分为{found.delegations}个代表团" if found.delegations else "")
    born = f"其中补选{found.by_election}名。" if found.by_election else ""
    lines = [
        f"{sitting.congress}代表资格审查小组于{on.year}年{on.month}月{on.day}日对代表资格进行了审查，现报告如下：",
        f"一、代表名额和产生情况。{seats}，由各选举单位按规定选举产生。{born}"
        + (f"另有列席代表{found.observers}名。" if found.observers else "")
        + (f"特邀代表{found.guests}名。" if found.guests else ""),
        f"二、代表构成情况。{shares}。" if shares else "二、代表构成情况。（登记资料不全，请补充）",
    ]
    if objections:
        lines += [f"三、需要说明的情况。{objections}。", "请大会审议。"]
    else:
        lines.append(f"三、审查结论。经审查，{total}名代表的产生程序和资格符合规定，代表资格有效。")
    return "\n".join(lines)


_WORDS = {
    "teachers": "教师",
    "women": "女代表",
    "young": "40岁以下代表",
    "minorities": "少数民族代表",
    "party": "中共党员",
}


@transaction.atomic
def write_report(*, sitting: Sitting, examined_on: dt.date, text: str, actor: User | None) -> CredentialsReport:
    """Keep the report with the composition as it was examined; written again, it replaces the former one."""
    held = hold(sitting, "session", "congress")
    if not text.strip():
        raise Refused("请填写报告正文。", field="text")
    counts = {**of_sitting(sitting=held).as_data(), "objections": list(examine(sitting=held).objections)}
    report, _made = CredentialsReport.objects.update_or_create(
        sitting=held,
        defaults={"examined_on": examined_on, "counts": counts, "text": text.strip(), "written_by": actor},
    )
    return report
