"""The register: branches, people, memberships and where they belong; written many at once."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from random import Random

from members.branches.enums import BranchKind
from members.branches.models import Branch
from members.branches.services.assignments import Arrival, Places
from members.branches.services.tree import found_branch
from members.memberships.enums import MembershipEnd, MembershipStart
from members.memberships.services.episodes import Episode, begin_all
from members.people.enums import Employment, MembershipState, PersonKind
from members.people.models import Person
from union_portal.accounts.models import User
from union_portal.demo.services import college
from union_portal.demo.services.people import RETIREMENT_AGE, Newcomer, Registry, retires_on
from union_portal.home.profile.services import save_profile
from welfare.benefits.enums import Festival

RETIRING = 24
LEAVING = {"transferred_out": 11, "left": 1, "deceased": 2}
JOINING = {"joined": 30, "transferred_in": 8}
NON_MEMBERS = 26
PENSIONERS = 140


@dataclass
class World:
    """What the parts of the demo share. `anchor` is the running year, the three before it are full."""

    anchor: int
    today: dt.date
    random: Random
    root: Branch = field(default_factory=Branch)
    branches: list[Branch] = field(default_factory=list)
    founders: list[Person] = field(default_factory=list)
    leaving: dict[int, dict[str, list[Person]]] = field(default_factory=dict)
    retiring: dict[int, list[Person]] = field(default_factory=dict)
    officers: dict[str, Person] = field(default_factory=dict)

    @property
    def years(self) -> range:
        """The three full years and the running one."""
        return range(self.anchor - 3, self.anchor + 1)

    def user(self, role: str) -> User:
        """Return the account of whoever holds the role."""
        user = self.officers[role].user
        assert user is not None  # noqa: S101 - accounts are linked before anything is done with them
        return user

    def gone(self, *, by: dt.date) -> set[int]:
        """Return the keys of who leaves in the day's year or before; the diary tells of it only later."""
        years = [ways for year, ways in self.leaving.items() if year <= by.year]
        return {person.pk for ways in years for people in ways.values() for person in people}

    def settled(self) -> list[Person]:
        """Return the members who stay through all the years, officers aside."""
        gone = {person.pk for year in self.leaving.values() for people in year.values() for person in people}
        gone |= {person.pk for people in self.retiring.values() for person in people}
        gone |= {person.pk for person in self.officers.values()}
        return [person for person in self.founders if person.pk not in gone]


def found_branches(world: World) -> None:
    """Found the school union with its branches and direct groups."""
    founded = dt.date(world.anchor - 60, 9, 1)
    save_profile(name=college.UNION, founded_on=founded, **college.PROFILE)
    world.root = Branch.objects.get(kind=BranchKind.SCHOOL)
    for number, (name, _weight, _post) in enumerate(college.BRANCHES, start=1):
        world.branches.append(found_branch(code=f"{number:02d}", name=name, parent=world.root, founded_on=founded))
    for number, (name, _weight, _post) in enumerate(college.DIRECT_GROUPS, start=1):
        details = {"kind": BranchKind.DIRECT_GROUP, "parent": world.root, "founded_on": founded}
        group = found_branch(code=f"Z{number}", name=name, **details)
        world.branches.append(group)


def fill_register(world: World) -> None:
    """Enter everybody: who was there when the register began, who came since, pensioners and staff outside."""
    registry = Registry(world.random)
    founders = [_founder(world, registry, number) for number in range(college.MEMBERS)]
    arrivals = {
        way: [
            _arrival(world, registry, year)
            for year in world.years
            for _number in range(_until_today(world, year, JOINING[way]))
        ]
        for way in JOINING
    }
    _late_for_mid_autumn(world, arrivals["joined"])
    everybody = [*founders, *arrivals["joined"], *arrivals["transferred_in"]]
    everybody.sort(key=lambda newcomer: newcomer.joined_on)
    _name_departments([*founders, *arrivals["joined"], *arrivals["transferred_in"]])
    Person.objects.bulk_create([newcomer.person for newcomer in everybody])
    _admit(world, founders, MembershipStart.RECORDED)
    _admit(world, arrivals["joined"], MembershipStart.JOINED)
    _admit(world, arrivals["transferred_in"], MembershipStart.TRANSFERRED_IN)
    world.founders = [newcomer.person for newcomer in founders]
    _choose_leavers(world)
    _enter_others(world, registry)


def _until_today(world: World, year: int, number: int) -> int:
    """Return the share of a year's number that has happened by today."""
    if year < world.anchor:
        return number
    return number * world.today.timetuple().tm_yday // 366


def _shares() -> tuple[list[int], list[int], list[str]]:
    rows = [*college.BRANCHES, *college.DIRECT_GROUPS]
    return list(range(len(rows))), [weight for _name, weight, _post in rows], [post for _name, _weight, post in rows]


def _founder(world: World, registry: Registry, number: int) -> Newcomer:
    """Make somebody who was a member when the register began; the first ones retire one year after the other."""
    random = world.random
    places, weights, posts = _shares()
    gender = "female" if random.random() < 0.53 else "male"
    retiring = number < RETIRING * len(world.years)
    if retiring:
        born = world.years[number // RETIRING] - RETIREMENT_AGE[gender]
    else:
        youngest = world.anchor - 29
        born = random.randint(world.anchor + 1 - RETIREMENT_AGE[gender], youngest)
    earliest, latest = born + 23, min(world.anchor - 4, born + 38)
    came_on = dt.date(random.randint(earliest, max(earliest, latest)), random.choice((3, 7, 9)), 1)
    came_on = min(came_on, dt.date(world.anchor - 4, 9, 1))
    branch = random.choices(places, weights)[0]
    # Nobody retires on the last day of a year, so that the years end with as many members as they began with.
    person = registry.colleague(
        born=born, gender=gender, came_on=came_on, post=posts[branch], last_month=11 if retiring else 12
    )
    return Newcomer(person, came_on + dt.timedelta(days=random.choice((0, 30, 61))), branch)


def _arrival(world: World, registry: Registry, year: int) -> Newcomer:
    random = world.random
    places, weights, posts = _shares()
    last = min(dt.date(year, 12, 20), world.today)
    joined = dt.date(year, 1, 6) + dt.timedelta(days=random.randint(0, max((last - dt.date(year, 1, 6)).days, 0)))
    joined = min(joined, last)
    branch = random.choices(places, weights)[0]
    gender = "female" if random.random() < 0.55 else "male"
    person = registry.colleague(
        born=year - random.randint(25, 38), gender=gender, came_on=joined.replace(day=1), post=posts[branch]
    )
    return Newcomer(person, joined, branch)


def _late_for_mid_autumn(world: World, newcomers: list[Newcomer]) -> None:
    """Let three of last year's newcomers join after the Mid-Autumn roster was locked: they get it as a supplement."""
    day = college.festival_day(world.anchor - 1, Festival.MID_AUTUMN) - dt.timedelta(days=10)
    late = [place for place, one in enumerate(newcomers) if one.joined_on.year == day.year][:3]
    for place in late:
        person = newcomers[place].person
        person.employed_on = day.replace(day=1)
        newcomers[place] = replace(newcomers[place], joined_on=day)


def _name_departments(newcomers: Iterable[Newcomer]) -> None:
    names = [name for name, _weight, _post in (*college.BRANCHES, *college.DIRECT_GROUPS)]
    for newcomer in newcomers:
        newcomer.person.department = names[newcomer.branch].removesuffix("分工会").removesuffix("直属工会小组")


def _admit(world: World, newcomers: Sequence[Newcomer], way: MembershipStart) -> None:
    """Begin memberships and branch assignments."""
    transferred = way == MembershipStart.TRANSFERRED_IN
    begin_all(
        [
            Episode(
                *(one.person.pk, one.joined_on, way),
                counterpart=world.random.choice(college.OTHER_UNIONS) if transferred else "",
            )
            for one in newcomers
        ]
    )
    Places([one.person.pk for one in newcomers]).move(
        Arrival(one.person.pk, world.branches[one.branch].pk, one.joined_on) for one in newcomers
    )


def _choose_leavers(world: World) -> None:
    """Settle who retires and who leaves in which year; the rest stays."""
    for person in world.founders:
        world.retiring.setdefault(retires_on(person).year, []).append(person)
    staying = [person for person in world.founders if retires_on(person).year > world.anchor]
    world.random.shuffle(staying)
    for year in world.years:
        world.leaving[year] = {
            way: [staying.pop() for _number in range(_until_today(world, year, number))]
            for way, number in LEAVING.items()
        }
    world.retiring = {year: people for year, people in world.retiring.items() if year in world.years}


def _enter_others(world: World, registry: Registry) -> None:
    """Enter pensioners of earlier years, most with a retained membership, and dispatched staff outside the union."""
    random = world.random
    first = world.anchor - 3
    pensioners = []
    for _number in range(PENSIONERS):
        gender = random.choice(("female", "male"))
        born = first - RETIREMENT_AGE[gender] - random.randint(1, 28)
        person = registry.colleague(born=born, gender=gender, came_on=dt.date(born + 26, 9, 1), post="teacher")
        person.kind, person.employment = PersonKind.RETIREE, Employment.RETIRED
        person.retired_on = retires_on(person)
        pensioners.append(person)
    outside = [
        registry.colleague(
            born=random.randint(first - 50, first - 25), gender="male", came_on=dt.date(first - 2, 9, 1), post="worker"
        )
        for _number in range(NON_MEMBERS)
    ]
    for person in outside:
        person.employment, person.department = Employment.DISPATCHED, "后勤保障"
    Person.objects.bulk_create([*pensioners, *outside])
    begin_all(list(_careers(pensioners[: PENSIONERS * 3 // 4])))


def _careers(pensioners: Iterable[Person]) -> Iterator[Episode]:
    for person in pensioners:
        assert person.employed_on is not None and person.retired_on is not None  # noqa: S101, PT018
        began, ended, after = person.employed_on, person.retired_on, person.retired_on + dt.timedelta(days=1)
        career = (person.pk, began, MembershipStart.RECORDED, MembershipState.ACTIVE)
        yield Episode(*career, valid_to=ended, ended_by=MembershipEnd.RETIRED)
        yield Episode(person.pk, after, MembershipStart.RETAINED, MembershipState.RETAINED)
