"""What changes in the register through the years: leavers, moves, groups, kin, offices; through the services."""

import datetime as dt

from django.utils import timezone

from members.branches.enums import BranchKind, Position
from members.branches.models import Term
from members.branches.services.assignments import assign_branch
from members.branches.services.offices import elect, start_term
from members.cohorts.models import CohortKind
from members.cohorts.services import add_to_cohort
from members.kin.enums import Relation
from members.kin.services import add_kin
from members.memberships.enums import MembershipEnd
from members.memberships.services.steps import leave, record_death, retire, transfer_out
from members.people.enums import PersonKind
from members.people.models import Person
from union_portal.demo.services import college
from union_portal.demo.services.cases import console
from union_portal.demo.services.clock import Diary, Process
from union_portal.demo.services.people import Registry, retires_on
from union_portal.demo.services.register import World

MOVES = 12
COUPLES = 40
PARENTS = 60
TERM_YEARS = 5
# The place of the branch whose chair is among the sign-ins: its term ends soon, so that the desk asks for the election.
BRANCH_CHAIR_S = 6
COMMITTEE = (Position.CHAIR, Position.ORGANISATION, Position.WELFARE, Position.CULTURE, Position.WOMEN)


def plan_register(world: World, diary: Diary) -> None:
    """Put every change of the register into the diary."""
    for people in world.retiring.values():
        for person in people:
            diary.add(retires_on(person), _retires(person))
    for year, leavers in world.leaving.items():
        for way, people in leavers.items():
            for person in people:
                diary.add(_some_day(world, year), _leaves(world, person, way))
    movers = world.random.sample(world.settled(), MOVES * len(world.years))
    for number, person in enumerate(movers):
        diary.add(_some_day(world, world.years[number // MOVES]), _moves(world, person))


def _some_day(world: World, year: int) -> dt.date:
    last = min(dt.date(year, 12, 24), world.today)
    return dt.date(year, 1, 5) + dt.timedelta(days=world.random.randint(0, max((last - dt.date(year, 1, 5)).days, 0)))


def _retires(person: Person) -> Process:
    retire(person=person, on=retires_on(person), document="人力资源部门退休通知")
    yield from ()


def _leaves(world: World, person: Person, way: str) -> Process:
    today = timezone.localdate()
    if way == MembershipEnd.DECEASED:
        record_death(person=person, on=today)
        yield today + dt.timedelta(days=4)
        yield from console(world, person)
    elif way == MembershipEnd.LEFT:
        leave(person=person, on=today)
    else:
        transfer_out(person=person, on=today, counterpart=world.random.choice(college.OTHER_UNIONS))


def _moves(world: World, person: Person) -> Process:
    assign_branch(person=person, branch=world.random.choice(world.branches), on=timezone.localdate())
    yield from ()


def enter_groups(world: World) -> None:
    """Place people in special groups."""
    kinds = {kind.code: kind for kind in CohortKind.objects.all()}
    people = world.settled()
    for code, number in college.COHORTS:
        for person in world.random.sample(people, number):
            add_to_cohort(person=person, kind=kinds[code], on=dt.date(world.anchor - 3, 1, 1))


def enter_kin(world: World) -> None:
    """Enter couples among the members, and parents outside the college."""
    people = world.settled()
    women = [person for person in people if person.gender == "female"][:COUPLES]
    men = [person for person in people if person.gender == "male"]
    for wife, husband in zip(women, men, strict=False):
        add_kin(person=wife, related=husband, relation=Relation.SPOUSE)
    registry, first = Registry(world.random), dt.date(1980, 1, 1)
    children = people[-PARENTS:]
    parents = [
        registry.relative(gender=world.random.choice(("female", "male")), born=(child.birth_date or first).year - 27)
        for child in children
    ]
    for child, parent in zip(children, Person.objects.bulk_create(parents), strict=True):
        add_kin(person=child, related=parent, relation=Relation.PARENT)


def elect_committees(world: World) -> None:
    """Give the school union and every branch its terms of office; some end within the next months."""
    chair = {
        Position.CHAIR: world.officers["chair"],
        Position.VICE_CHAIR: world.officers["vice_chair"],
        Position.ORGANISATION: world.officers["organisation"],
        Position.WELFARE: world.officers["welfare"],
        Position.FINANCE: world.officers["finance"],
        Position.WOMEN: world.officers["women"],
        Position.CULTURE: world.officers["activities"],
    }
    began = dt.date(world.anchor - 2, 4, 18)
    term = start_term(branch=world.root, number=2, began_on=began, ends_on=_later(began), document="星湖市总工会批复")
    for position, person in chair.items():
        elect(person=person, term=term, position=position)
    for number in range(len(world.branches)):
        _elect_branch(world, _term(world, number))


def _term(world: World, number: int) -> Term:
    """Start the branch's terms: every sixth ends soon, one has run out, the others began within the last years."""
    branch = world.branches[number]
    if number % 6 == 2:
        ends = world.today + dt.timedelta(days=20 + 9 * number)
    elif number == 7:
        ends = world.today - dt.timedelta(days=35)
    elif number == BRANCH_CHAIR_S:
        ends = world.today + dt.timedelta(days=52)
    else:
        ends = dt.date(world.anchor + 1 + number % 4, 3 + number % 9, 20)
    began = _later(ends, years=-TERM_YEARS)
    before = _later(began, years=-TERM_YEARS)
    start_term(branch=branch, number=3, began_on=before, ends_on=began - dt.timedelta(days=1))
    return start_term(
        branch=branch,
        began_on=began,
        ends_on=ends,
        requested_on=began - dt.timedelta(days=40),
        approved_on=began - dt.timedelta(days=12),
        document=f"星院工〔{began.year}〕{number + 3}号",
    )


def _later(day: dt.date, *, years: int = TERM_YEARS) -> dt.date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def _elect_branch(world: World, term: Term) -> None:
    """Elect the committee of a branch, or the leader of a group, from its own members."""
    taken = {person.pk for person in world.officers.values()} | world.gone(by=term.began_on)
    taken |= {one.pk for people in world.retiring.values() for one in people if retires_on(one) <= term.began_on}
    members = Person.objects.in_branch([term.branch], on=term.began_on).members(on=term.began_on)
    standing = members.filter(kind=PersonKind.STAFF, died_on=None, retired_on=None).order_by("staff_number")
    own = [person for person in standing if person.pk not in taken]
    chair = world.officers["branch_chair"]
    if any(person.pk == chair.pk for person in standing):
        own.insert(0, chair)
    positions = COMMITTEE if term.branch.kind == BranchKind.BRANCH else (Position.GROUP_LEADER,)
    for position, person in zip(positions, own, strict=False):
        elect(person=person, term=term, position=position)
