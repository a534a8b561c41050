"""Single grants on life events: weddings, births, stays in hospital, bereavements, deaths, retirements."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

from django.utils import timezone

from members.kin.enums import Relation
from members.people.enums import MaritalState
from members.people.models import Person
from members.people.services import change_person
from union_portal.demo.services.clock import Diary, Process
from union_portal.demo.services.people import retires_on
from union_portal.demo.services.register import World
from welfare.benefits.models import Benefit
from welfare.books.models import Fund
from welfare.cases import services as cases
from welfare.cases.services.evidence import checklist
from welfare.grants.models import Grant, RuleWarning
from welfare.grants.services.warnings import answer, confirm
from welfare.life_events import services as life_events
from welfare.life_events.enums import EventKind
from welfare.life_events.models import LifeEvent

DAY = dt.timedelta(days=1)
# kind of event, benefit, how many a year
YEARLY = (
    (EventKind.WEDDING, "wedding", 7),
    (EventKind.BIRTH, "birth", 8),
    (EventKind.HOSPITAL, "hospital", 9),
    (EventKind.DEATH, "bereavement", 9),
)
# Cases so fresh are left to the desk.
FRESH = 10


def plan_cases(world: World, diary: Diary) -> None:
    """Put the years' cases into the diary."""
    people = world.settled()
    for year in world.years:
        chosen = iter(_candidates(world, people, year))
        for kind, benefit, number in YEARLY:
            for _count in range(number):
                day = dt.date(year, 1, 8) + world.random.randint(0, 350) * DAY
                person = next(chosen)
                if day <= world.today - FRESH * DAY:
                    diary.add(day + 5 * DAY, _case(world, person, kind, benefit, occurred_on=day))
        for person in world.retiring.get(year, []):
            day = retires_on(person)
            if day <= world.today - FRESH * DAY:
                diary.add(day + 2 * DAY, _case(world, person, EventKind.RETIREMENT, "retirement", occurred_on=day))

    member = world.officers["member"]
    for kind, benefit, day in (
        (EventKind.WEDDING, "wedding", dt.date(world.anchor - 2, 5, 20)),
        (EventKind.BIRTH, "birth", dt.date(world.anchor - 1, 4, 12)),
        (EventKind.HOSPITAL, "hospital", dt.date(world.anchor - 1, 10, 22)),
    ):
        diary.add(day + 5 * DAY, _case(world, member, kind, benefit, occurred_on=day))


def _candidates(world: World, people: list[Person], year: int) -> list[Person]:
    """Return people in the order in which the year's events reach them: the young marry and have children."""

    def age(person: Person) -> int:
        return year - (person.birth_date.year if person.birth_date else year)

    couples = world.random.sample([person for person in people if 27 <= age(person) <= 38], 7 + 8)
    others = [person for person in people if person not in set(couples)]
    return [*couples, *world.random.sample(others, 9 + 9)]


def _case(world: World, person: Person, kind: EventKind, benefit: str, *, occurred_on: dt.date) -> Process:
    relation = Relation.PARENT if benefit == "bereavement" else ""
    surgery = "手术" if benefit == "hospital" and world.random.random() < 0.3 else ""
    if kind == EventKind.WEDDING:
        change_person(person=person, marital_state=MaritalState.MARRIED)
    grant = enter(
        world, person, kind, benefit, occurred_on=occurred_on, details={"relation": relation, "variant": surgery}
    )
    yield from _decided(world, grant, 2 * DAY, 3 * DAY)


def enter(
    world: World,
    person: Person,
    kind: EventKind,
    benefit: str,
    *,
    occurred_on: dt.date,
    details: Mapping[str, str],
    amount: Decimal | None = None,
) -> Grant:
    """Record an event and enter the case for it, as the welfare officer does."""
    relation = details.get("relation", "")
    event = life_events.record_event(
        event=LifeEvent(
            kind=kind,
            whose=person,
            occurred_on=occurred_on,
            relation=relation,
            ended_on=occurred_on + 4 * DAY if kind == EventKind.HOSPITAL else None,
            variant=details.get("variant", ""),
        ),
        actor=world.user("welfare"),
    )
    given = Benefit.objects.get(code=benefit)
    made = Grant(person=person, benefit=given, event=event, relation=relation, amount=amount)
    return cases.enter(grant=made, actor=world.user("welfare"))


def _decided(world: World, grant: Grant, approval: dt.timedelta, payment: dt.timedelta) -> Process:
    """Approve and pay a case, so many days after the step before."""
    yield timezone.localdate() + approval
    settle(world, grant)
    seen = {one.item: (True, True) for one in checklist(grant)}
    cases.check_evidence(subject=grant, checks=seen, actor=world.user("welfare"))
    grant = cases.approve(subject=grant, actor=world.user("chair"))
    yield timezone.localdate() + payment
    cases.pay(subject=grant, fund=Fund.objects.get(code="UNION"), on=timezone.localdate(), actor=world.user("finance"))


def settle(world: World, grant: Grant) -> None:
    """Answer and confirm what the rules object to, if anything."""
    for warning in RuleWarning.objects.filter(grant=grant):
        document = f"星院工委纪要〔{grant.granted_on.year}〕4号"
        answered = answer(
            warning=warning, reason="经工会委员会研究同意", document=document, actor=world.user("welfare")
        )
        confirm(warning=answered, actor=world.user("vice_chair"))


def console(world: World, person: Person) -> Process:
    """抚慰: what a deceased member's family receives, once the register knows of the death."""
    person.refresh_from_db()
    assert person.died_on is not None  # noqa: S101 - the caller has just recorded it
    grant = enter(world, person, EventKind.DEATH, "death", occurred_on=person.died_on, details={})
    yield from _decided(world, grant, DAY, DAY)
