"""The demo's congress: two bodies of one term, their delegates, departments, sessions, committees and regulations."""

import datetime as dt
from dataclasses import dataclass, field

from django.utils import timezone

from congress.attendance.enums import CheckIn
from congress.attendance.services import credentials, quorum, roll
from congress.bodies.enums import Body
from congress.bodies.models import Congress
from congress.committees.enums import CommitteeKind
from congress.committees.models import Committee
from congress.delegates.enums import MandateEnd, Seat
from congress.delegates.models import Delegate, Delegation, UnitElection
from congress.delegates.services import mandates
from congress.departments import services as departments
from congress.departments.enums import DepartmentDuty
from congress.departments.models import Department
from congress.elections.models import Election
from congress.resolutions import services as resolutions
from congress.sessions.enums import AgendaKind, AgendaOutcome, PresidiumPost
from congress.sessions.models import AgendaItem, Session
from congress.sessions.services import agenda, sessions
from members.branches.models import Branch
from members.people.models import Person
from union_portal.base.steps import record
from union_portal.demo.services import topics, votes
from union_portal.demo.services.clock import at
from union_portal.demo.services.documents import text_document
from union_portal.demo.services.register import World

DELEGATES = 80
OBSERVERS = 4
ABSENT = 5
DELEGATIONS = 8
HELD = 3
# Whose office is a seat on the union committee.
STANDING = ("chair", "vice_chair", "organisation", "welfare", "women", "activities", "finance")
OUTLINE = (
    "一、过去一年的工作回顾",
    "在学校党委的领导下，学校坚持立德树人，教学、科研和服务工作稳步推进，教职工的获得感不断增强。",
    "二、存在的问题和不足",
    "基层反映的停车、通勤、评审等问题尚需持续用力。",
    "三、下一步工作安排",
    "请各代表团认真审阅，于大会分团讨论时提出意见。",
)
# The next session stands so many days ahead; its drive is running.
AHEAD = 24
DAY = dt.timedelta(days=1)
SPRING = (4, 12)
HEARD = ("学校工作报告", "学校财务工作报告")
REVIEWED = ("工会工作报告", "提案工作报告")


@dataclass
class Assembly:
    """What the parts of the demo's congress share."""

    bodies: dict[Body, Congress] = field(default_factory=dict)
    delegates: dict[Body, list[Delegate]] = field(default_factory=dict)
    departments: dict[str, Department] = field(default_factory=dict)
    sessions: list[Session] = field(default_factory=list)
    committees: dict[CommitteeKind, Committee] = field(default_factory=dict)

    @property
    def coming(self) -> Session:
        """The session that is being prepared."""
        return self.sessions[-1]


def days_of_sessions(today: dt.date) -> list[dt.date]:
    """Return the days of the last three spring sessions, each with time for its answers, and of the one to come."""
    last = dt.date(today.year, *SPRING)
    first = last.year if last <= today - 190 * DAY else last.year - 1
    return [dt.date(first - back, *SPRING) for back in range(HELD - 1, -1, -1)] + [today + AHEAD * DAY]


def gather(world: World) -> Assembly:
    """Found the bodies, elect the delegates, appoint for the departments, and hold the sessions of the past years."""
    assembly = Assembly()
    days = days_of_sessions(world.today)
    with at(days[0] - 45 * DAY):
        _found(world, assembly, days)
        _staff_departments(world, assembly)
    for place, day in enumerate(days[:-1]):
        _hold(world, assembly, day, place)
    with at(world.today - 30 * DAY):
        _prepare(world, assembly, days[-1])
        _change_delegates(world, assembly)
    return assembly


def _found(world: World, assembly: Assembly, days: list[dt.date]) -> None:
    began = days[0] - 45 * DAY
    chosen = _choose(world)
    for body, number in ((Body.STAFF, 3), (Body.UNION, 2)):
        congress = Congress.objects.create(
            body=body,
            number=number,
            began_on=began,
            ends_on=began.replace(year=began.year + 5, day=min(began.day, 28)) - DAY,
            min_teachers="0.6",
            min_women="0.3",
            min_young="0.25",
            document=f"星院委〔{began.year}〕6号",
        )
        groups = _delegations(world, congress)
        assembly.bodies[body] = congress
        for person, unit in chosen:
            mandates.elect(congress=congress, person=person, on=began, unit=unit)
        # Read again, with the accounts that were linked since the people were made.
        related = congress.delegates.select_related("congress", "person__user", "delegation", "unit")
        assembly.delegates[body] = list(related.order_by("pk"))
        for place, group in enumerate(groups):
            own = [one for one in assembly.delegates[body] if one.delegation_id == group.pk]
            head = own[place % 2] if len(own) > 1 else own[0]
            mandates.appoint_heads(delegation=group, head=head, deputy=next((one for one in own if one != head), None))
    for person in Person.objects.filter(kind="retiree").order_by("pk")[:OBSERVERS]:
        mandates.elect(
            congress=assembly.bodies[Body.STAFF],
            person=person,
            on=began,
            seat=Seat.OBSERVER,
            delegation=groups_of(assembly, Body.STAFF)[0],
        )


def groups_of(assembly: Assembly, body: Body) -> list[Delegation]:
    """Return the delegations of a body."""
    return list(assembly.bodies[body].delegations.order_by("number"))


def _delegations(world: World, congress: Congress) -> list[Delegation]:
    made = []
    for number in range(DELEGATIONS):
        group = Delegation.objects.create(
            congress=congress, number=number + 1, name=f"第{'一二三四五六七八'[number]}代表团"
        )
        group.branches.set(world.branches[number::DELEGATIONS])
        made.append(group)
    return made


def _choose(world: World) -> list[tuple[Person, Branch]]:
    """Choose delegates from all branches by their size, mostly teachers, and the demo's own delegate among them."""
    places = dict(Person.objects.filter(assignments__valid_to=None).values_list("pk", "assignments__branch"))
    units = {branch.pk: branch for branch in world.branches}
    people = [person for person in world.settled() if person.pk in places]
    teachers = [person for person in people if person.post_category == "teacher"]
    others = [person for person in people if person.post_category != "teacher"]
    wanted = DELEGATES - 1
    chosen = [world.officers["delegate"]]
    chosen += teachers[:: max(len(teachers) // int(wanted * 0.66), 1)][: int(wanted * 0.66)]
    chosen += others[:: max(len(others) // (wanted - int(wanted * 0.66)), 1)][: wanted - int(wanted * 0.66)]
    return [(person, units[places[person.pk]]) for person in chosen]


def _staff_departments(world: World, assembly: Assembly) -> None:
    sitting = {delegate.person_id for delegates in assembly.delegates.values() for delegate in delegates}
    free = [person for person in world.settled() if person.pk not in sitting][-3 * len(topics.DEPARTMENTS) :]
    # The demo's leader signs what the demo's contact writes.
    leaders = [*free[: topics.LEADERS - 1], world.officers["leader"]]
    rest = iter(free[topics.LEADERS :])
    today = timezone.localdate()
    for code, name, leader in topics.DEPARTMENTS:
        department = Department.objects.create(code=code, name=name)
        assembly.departments[code] = department
        contact = world.officers["contact"] if code == "HQ" else next(rest)
        for person, duty in (
            (contact, DepartmentDuty.CONTACT),
            (next(rest), DepartmentDuty.HEAD),
            (leaders[leader], DepartmentDuty.LEADER),
        ):
            departments.appoint(department=department, person=person, duty=duty, on=today)


def _hold(world: World, assembly: Assembly, day: dt.date, place: int) -> None:
    """Convene, call the roll, open with a quorum, hear, review, vote and elect, close: both bodies on one day."""
    officer = world.user("congress")
    # The demo's delegate watches the count; both are in the hall.
    scrutineer, teller = (one.person for one in assembly.delegates[Body.STAFF][:2])
    counters = votes.Counters(teller, scrutineer, officer)
    elected: list[Election] = []
    with at(day - 40 * DAY):
        session = _convene(world, assembly, day, place)
    with at(day):
        for sitting in session.sittings.select_related("congress"):
            roll.draw_up(sitting=sitting)
            lines = sitting.roll.order_by("pk")
            away = [line.pk for line in lines.filter(votes=True)][30:][: ABSENT + day.year % 3]
            sitting.roll.filter(pk__in=away[:2]).update(excused="外出参加教学比赛")
            sitting.roll.exclude(pk__in=away).update(came_at=timezone.now(), check_in=CheckIn.CODE, recorded_by=officer)
            credentials.write_report(
                sitting=sitting,
                examined_on=day - DAY,
                text=credentials.draft(sitting=sitting, on=day - DAY),
                actor=officer,
            )
            held = quorum.open_sitting(subject=sitting, actor=officer)
            for item in held.agenda.all():
                if item.kind == AgendaKind.HEAR:
                    agenda.settle_item(item=item, outcome=AgendaOutcome.HEARD)
                elif item.kind == AgendaKind.REVIEW:
                    agenda.settle_item(item=item, outcome=AgendaOutcome.REVIEWED)
                elif item.kind == AgendaKind.PASS:
                    votes.decide(item=item, place=place, counters=counters)
                else:
                    people = _candidates(world, assembly, item)
                    committee, election = votes.elect(item=item, sitting=held, people=people, counters=counters)
                    assembly.committees[CommitteeKind(committee.kind)] = committee
                    elected.append(election)
            sessions.close_sitting(subject=held, actor=officer)
            votes.write_up(held)
        resolutions.write_minutes(session=session, text=votes.MINUTES)
    for election in elected:
        document = f"星总工复〔{day.year}〕{18 + len(assembly.sessions)}号"
        votes.take_office(election, on=day + 6 * DAY, document=document)
    assembly.sessions.append(session)


def _candidates(world: World, assembly: Assembly, item: AgendaItem) -> list[Person]:
    """Return who stands, most votes first: the union's officers for its committee, delegates behind them."""
    people = [delegate.person for delegate in assembly.delegates[Body.STAFF]]
    if "经费审查" in item.title:
        return [world.officers["audit"], *people[50:60]]
    return [*(world.officers[role] for role in STANDING), *people[20:32]]


def _convene(world: World, assembly: Assembly, day: dt.date, place: int) -> Session:
    officer = world.user("congress")
    session = sessions.convene(
        parts=[sessions.Part(congress) for congress in assembly.bodies.values()],
        convened_on=day,
        actor=officer,
        place="图书馆报告厅",
    )
    people = [delegate.person for delegate in assembly.delegates[Body.STAFF][:11]]
    sessions.seat_in_presidium(session=session, people=people[:3], post=PresidiumPost.EXECUTIVE)
    sessions.seat_in_presidium(session=session, people=people[3:], post=PresidiumPost.MEMBER)
    for sitting in session.sittings.select_related("congress"):
        titles = (HEARD, REVIEWED[1:]) if sitting.congress.body == Body.STAFF else ((), REVIEWED[:1])
        for kind, names in zip((AgendaKind.HEAR, AgendaKind.REVIEW), titles, strict=True):
            for name in names:
                agenda.add_item(sitting=sitting, kind=kind, title=f"{name}（{day.year}年）", presenter="大会主席团")
        for kind, name in votes.items_to_decide(place, Body(sitting.congress.body)):
            agenda.add_item(sitting=sitting, kind=kind, title=name, presenter="大会主席团")
    return session


def _prepare(world: World, assembly: Assembly, day: dt.date) -> None:
    session = _convene(world, assembly, day, HELD)
    for sitting in session.sittings.all():
        roll.draw_up(sitting=sitting)
        for item in sitting.agenda.exclude(kind=AgendaKind.ELECT):
            agenda.add_document(
                item=item,
                title=item.title,
                file=text_document(item.title, OUTLINE),
                published=True,
            )
    assembly.sessions.append(session)


def _change_delegates(world: World, assembly: Assembly) -> None:
    """One was recalled by the unit and another elected in the place."""
    officer, today = world.user("congress"), timezone.localdate()
    gone = assembly.delegates[Body.STAFF].pop()
    mandates.end_mandate(
        delegate=gone,
        on=today,
        way=MandateEnd.RECALLED,
        actor=officer,
        reason="调任其他岗位，不再代表原选举单位",
        document="选举单位会议记录",
    )
    assert gone.unit is not None  # noqa: S101 - chosen with a unit
    election = record(
        UnitElection(congress=gone.congress, branch=gone.unit, held_on=today, seats=1, by_election=True), actor=None
    )
    taken = {gone.person_id, *(delegate.person_id for delegate in assembly.delegates[Body.STAFF])}
    heirs = Person.objects.filter(assignments__valid_to=None, assignments__branch=gone.unit).exclude(pk__in=taken)
    heir = next(person for person in world.settled() if person in set(heirs))
    mandates.elect(congress=gone.congress, person=heir, on=today, election=election, actor=officer)
