"""What waits today: a round to approve, one without a price, one with warnings, two cases, two applications."""

import datetime as dt
from decimal import Decimal

from members.kin.enums import Relation
from members.people.models import Person
from union_portal.demo.services import college
from union_portal.demo.services.cases import enter
from union_portal.demo.services.clock import at
from union_portal.demo.services.register import World
from union_portal.demo.services.rounds import (
    FRESH,
    NAMES,
    Plan,
    birthday,
    open_round,
    priced,
    running_quarter,
)
from welfare.cases import services as cases
from welfare.grants.models import Grant
from welfare.life_events.enums import EventKind
from welfare.rounds.services import approval, roster

DAY = dt.timedelta(days=1)


def leave_work(world: World) -> None:
    """Leave rounds and cases where the next step is somebody's at the desk."""
    _to_approve(world)
    _without_price(world)
    _with_warnings(world)
    _cases(world)
    _applications(world)


def _to_approve(world: World) -> None:
    """The running quarter's birthdays: locked, priced, submitted; the chair approves."""
    plan = birthday(world.anchor, running_quarter(world))
    with at(world.today - 2 * DAY):
        made = open_round(world, plan, cut_off_on=world.today - 2 * DAY)
        made = priced(world, made, plan.price, handed_out_on=world.today + 7 * DAY)
        approval.submit(subject=made, actor=world.user("welfare"))


def next_festival(world: World) -> Plan:
    """Return the plan of the next festival whose round has not begun by itself."""
    for year in (world.anchor, world.anchor + 1):
        for number, (festival, benefit, price, goods) in enumerate(college.FESTIVALS):
            day = college.festival_day(year, festival) - (10 + number) * DAY
            if day - 12 * DAY > world.today - FRESH * DAY:
                name = f"{year}年{NAMES[festival]}"
                return Plan(benefit, f"{year}-{festival}", name, day, price, goods=goods, festival=festival)
    raise AssertionError("there is a festival within a year")


def _without_price(world: World) -> None:
    """The next festival: the roster is locked, the price is not known yet."""
    with at(world.today - DAY):
        made = open_round(world, next_festival(world), cut_off_on=world.today - DAY)
        roster.lock(subject=made, actor=world.user("welfare"))


def _with_warnings(world: World) -> None:
    """Money where goods are due: the rules object, and somebody has to answer."""
    plan = Plan("festival_money", f"{world.anchor}-jubilee", f"{world.anchor}年建校纪念日", world.today + 12 * DAY, 200)
    with at(world.today - DAY):
        made = open_round(world, plan, cut_off_on=world.today - DAY)
        made = priced(world, made, plan.price, handed_out_on=plan.handed_out_on)
        approval.judge(round_=made)


def _cases(world: World) -> None:
    """A stay in hospital above the standard, and a wedding without any objection."""
    patient, bride = world.settled()[:2]
    with at(world.today - DAY):
        enter(
            world,
            patient,
            EventKind.HOSPITAL,
            "hospital",
            occurred_on=world.today - 9 * DAY,
            details={},
            amount=Decimal(1500),
        )
        enter(world, bride, EventKind.WEDDING, "wedding", occurred_on=world.today - 6 * DAY, details={})


def _applications(world: World) -> None:
    """A bereavement that the member asked for and that lacks a paper, and a birth that waits for its branch."""
    member, father = world.officers["member"], world.settled()[2]
    with at(world.today - 4 * DAY):
        made = _asked(member, EventKind.DEATH, world.today - 8 * DAY, relation=Relation.PARENT)
    with at(world.today - 3 * DAY):
        cases.send_back(subject=made, actor=world.user("welfare"), code="missing_paper", missing=["死亡证明"])
    with at(world.today - DAY):
        _asked(father, EventKind.BIRTH, world.today - 12 * DAY)


def _asked(person: Person, kind: EventKind, day: dt.date, *, relation: str = "") -> Grant:
    person.refresh_from_db()
    told = cases.Told(person=person, kind=kind, occurred_on=day, relation=relation)
    return cases.apply(told=told, actor=person.user, beside=cases.Beside())  # type: ignore[arg-type]
