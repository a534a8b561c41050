"""Worked examples of the rules as tables: caps by layers, hospital stays, couples, relations, payers."""

import datetime as dt
from contextlib import nullcontext
from decimal import Decimal
from typing import Any

import pytest

from members.kin import services as kin
from members.people.models import Person
from tests.factories import members
from tests.factories import rounds as welfare
from tests.factories.rules import day, given, rule, without
from union_portal.base.errors import Refused
from welfare.benefits.enums import Category, Level
from welfare.cases import services as cases
from welfare.cases.services.proposing import Told, propose
from welfare.grants.models import Grant
from welfare.grants.services.verdicts import judge
from welfare.life_events.enums import EventKind
from welfare.life_events.models import LifeEvent
from welfare.rounds.services import approval
from welfare.rounds.services.judging import rooms

pytestmark = pytest.mark.django_db


# -- W0: a cap of the province in two versions ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("on", "amount", "used", "left", "over"),
    [
        ("2019-06-05", "0", "1500", "100", False),
        ("2019-06-23", "200", "1500", "100", True),
        ("2019-06-24", "200", "1500", "500", False),
        ("2019-09-10", "400", "1500", "500", False),
    ],
)
def test_the_version_of_the_day_judges(on: str, amount: str, used: str, left: str, over: bool) -> None:
    person = members.member()
    shared = {"category": Category.FESTIVAL, "cap_basis": "per_year", "level": Level.PROVINCE}
    rule(cap="1600", valid_to=day("2019-06-23"), **shared)
    rule(cap="2000", valid_from=day("2019-06-24"), **shared)
    for before, paid in (("2019-01-28", "700"), ("2019-04-03", "300"), ("2019-06-05", "500")):
        given(person, before, paid)

    asked = Grant(person=person, benefit=welfare.benefit("festival_money"), form="goods", amount=Decimal(amount))
    asked.granted_on = day(on)
    found = judge(grant=asked)

    assert (found.used, found.left) == (Decimal(used), Decimal(left))
    assert ("over_cap" in {one.code for one in found.objections}) is over
    assert found.cap is not None


def test_a_round_over_the_province_s_cap_is_one_warning_and_names_it() -> None:
    people = [members.member() for _ in range(2)]
    shared = {"category": Category.FESTIVAL, "cap_basis": "per_year"}
    rule(cap="2000", level=Level.PROVINCE, source="《省办法》第五条", **shared)
    rule(cap="2500", level=Level.SCHOOL, source="《校办法》第五条", **shared)
    for person in people:
        given(person, "2024-01-02", "1900")

    made = welfare.locked(price="200")
    assert approval.judge(round_=made) == 1

    warning = made.warnings.get()
    assert (warning.heads, "《省办法》第五条" in warning.detail) == (2, True)
    assert "省级（部属）规定的每人每年上限 2,000.00 元" in warning.detail
    assert [room.left for room in rooms(round_=made)] == [Decimal(100)]


# -- W2: hospital stays ---------------------------------------------------------------------------------------------


@pytest.fixture
def hospital() -> None:
    without("hospital")
    common: dict[str, Any] = {
        "date_basis": "end",
        "same_condition_once": True,
        "claim_length": 6,
        "claim_unit": "months",
    }
    last = day("2025-12-31")
    rule("hospital", cap="1000", form="cash", valid_to=last, **common)
    rule("hospital", cap="2000", form="cash", variant="手术", valid_to=last, **common)
    rule("hospital", cap="2000", form="cash", cap_basis="per_year", date_basis="end", same_condition_once=True)
    rule("hospital", cap="2000", form="cash", valid_from=day("2026-01-01"), **common)


def stay(person: Person, first: str, last: str, group: str, amount: str, variant: str = "") -> Told:
    return Told(
        person=person,
        kind=EventKind.HOSPITAL,
        occurred_on=day(first),
        ended_on=day(last),
        condition=group,
        variant=variant,
        amount=Decimal(amount),
        granted_on=day(last),
    )


@pytest.mark.usefixtures("hospital")
def test_stays_are_judged_by_discharge_cap_and_coded_illness() -> None:
    person, officer = members.member(), welfare.officer()
    first = cases.register(told=stay(person, "2025-03-01", "2025-03-10", "K", "800"), actor=officer, reported=True)
    assert not first.warnings.filter(code="over_cap").exists()

    surgery = propose(told=stay(person, "2025-05-20", "2025-06-01", "M", "2000", "手术"))
    assert (surgery.verdict.left, surgery.verdict.used) == (Decimal(1200), Decimal(800))
    assert {one.code for one in surgery.verdict.objections} >= {"over_cap"}

    with pytest.raises(Refused) as again:
        cases.register(told=stay(person, "2025-09-12", "2025-09-20", "K", "500"), actor=officer, reported=True)
    assert (again.value.code, str(first.granted_on) in str(again.value)) == ("same_condition_year", True)
    assert "K" not in str(again.value)

    turn = propose(told=stay(person, "2025-12-28", "2026-01-03", "H", "2000"))
    assert turn.rule is not None
    assert (turn.rule.valid_from, turn.verdict.used, turn.verdict.left) == (
        day("2026-01-01"),
        Decimal(0),
        Decimal(2000),
    )
    assert "over_cap" not in {one.code for one in turn.verdict.objections}


@pytest.mark.usefixtures("hospital")
def test_what_the_caps_leave_is_proposed() -> None:
    person, officer = members.member(), welfare.officer()
    rule("hospital", cap="2000", standard="2000", form="cash", variant="手术", valid_from=day("2026-01-01"))
    cases.register(told=stay(person, "2026-03-01", "2026-03-10", "K", "800"), actor=officer, reported=True)
    told = stay(person, "2026-05-20", "2026-06-01", "M", "0", "手术")
    proposed = propose(told=Told(**{**told.__dict__, "amount": None}))
    assert proposed.grant.amount == Decimal(1200)


@pytest.mark.usefixtures("hospital")
def test_by_admission_the_earlier_version_judges() -> None:
    person = members.member()
    welfare.benefit("hospital").rules.update(date_basis="event")
    found = propose(told=stay(person, "2025-12-28", "2026-01-03", "H", "2000"))
    assert found.rule is not None
    assert (found.rule.cap, found.verdict.left) == (Decimal(1000), Decimal(1000))


@pytest.mark.usefixtures("hospital")
@pytest.mark.parametrize(("asked", "late"), [("2025-09-10", False), ("2025-09-11", True)])
def test_six_months_end_on_the_same_day_of_the_month(asked: str, late: bool) -> None:
    person = members.member()
    event = LifeEvent(kind=EventKind.HOSPITAL, whose=person, occurred_on=day("2025-03-01"), ended_on=day("2025-03-10"))
    event.save()
    LifeEvent.objects.filter(pk=event.pk).update(entered_at=dt.datetime.fromisoformat(f"{asked}T12:00:00+08:00"))
    event.refresh_from_db()
    grant = Grant(person=person, benefit=welfare.benefit("hospital"), event=event, form="cash", amount=Decimal(500))
    grant.granted_on = day(asked)
    assert ("late" in {one.code for one in judge(grant=grant).objections}) is late


def test_the_group_of_an_illness_is_kept_as_ciphertext_of_one_s_own() -> None:
    one, other = members.member(), members.member()
    kept = []
    for person in (one, other):
        event = stay(person, "2025-03-01", "2025-03-10", "K", "1").event()
        event.save()
        kept.append(LifeEvent.objects.get(pk=event.pk))
    assert kept[0].condition_code == kept[1].condition_code == "K"
    assert kept[0].condition_index != kept[1].condition_index
    assert "K" not in str(LifeEvent.objects.filter(pk=kept[0].pk).values_list("condition_index", flat=True).get())


# -- W3: both parents -----------------------------------------------------------------------------------------------


def couple() -> tuple[Person, Person]:
    mother, father = members.member(), members.member()
    kin.add_kin(person=mother, related=father, relation="spouse")
    return mother, father


def birth(person: Person) -> Told:
    return Told(person=person, kind=EventKind.BIRTH, occurred_on=day("2026-05-08"), granted_on=day("2026-05-20"))


@pytest.mark.parametrize(("policy", "grants"), [("each", 2), ("once", 1), ("household_year", 1)])
def test_a_birth_of_two_members(policy: str, grants: int) -> None:
    without("birth")
    rule("birth", cap="1000", standard="1000", form="goods", couples=policy)
    mother, father = couple()
    cases.register(told=birth(mother), actor=welfare.officer(), reported=False)
    with nullcontext() if grants == 2 else pytest.raises(Refused) as refused:
        cases.register(told=birth(father), actor=welfare.officer(), reported=False)
    assert refused is None or refused.value.code == "covered_by_spouse"
    assert Grant.objects.count() == grants
    assert LifeEvent.objects.count() == 1
    assert set(Grant.objects.values_list("amount", flat=True)) == {Decimal(1000)}


# -- W16: relations -------------------------------------------------------------------------------------------------


def test_a_relation_outside_the_set_is_named_with_the_set() -> None:
    without("bereavement")
    one = rule("bereavement", cap="1000", standard="500", form="cash", relations=["spouse", "parent", "child"])
    person = members.member()
    told = Told(person=person, kind=EventKind.DEATH, relation="parent_in_law", occurred_on=day("2026-03-01"))
    (objection,) = propose(told=told).verdict.objections
    assert objection.detail == "“亲属去世慰问”标准只适用于配偶、父母、子女，不适用于配偶父母"
    one.relations.append("parent_in_law")
    one.save()
    found = propose(told=told)
    assert (found.verdict.objections, found.grant.amount) == ((), Decimal(500))


def test_two_siblings_have_one_event_and_are_each_within_the_rule() -> None:
    without("bereavement")
    rule("bereavement", cap="1000", standard="1000", form="cash", relations=["parent"])
    brother, sister, father = members.member(), members.member(), members.person()
    for child in (brother, sister):
        kin.add_kin(person=child, related=father, relation="parent")
    event = None
    for child in (brother, sister):
        told = Told(person=child, kind=EventKind.DEATH, relation="parent", occurred_on=day("2026-03-01"), same_as=event)
        made = cases.register(told=told, actor=welfare.officer(), reported=False)
        event = made.event
        assert not made.warnings.exists()
    assert LifeEvent.objects.count() == 1
