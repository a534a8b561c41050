"""Worked examples of the standards: who pays, how grave, how often, how near a cap, and a bound not to be reached."""

from decimal import Decimal
from typing import Any

import pytest

from tests.factories import members
from tests.factories import rounds as welfare
from tests.factories.rules import day, given, rule, without
from union_portal.base.errors import DomainError, Refused
from welfare.benefits.enums import Category, Level
from welfare.books.models import Fund
from welfare.cases import services as cases
from welfare.cases.services.proposing import Told
from welfare.grants.models import Grant
from welfare.grants.services.verdicts import judge
from welfare.grants.services.warnings import answer, confirm
from welfare.life_events.enums import EventKind
from welfare.rounds.services import approval

pytestmark = pytest.mark.django_db


# -- Several payers, and for whom a payer may pay -------------------------------------------------------------------


def test_two_payers_each_once_and_no_third() -> None:
    without("hospital")
    personnel, union = Fund.objects.get(code="WELFARE"), welfare.fund()
    for payer in (personnel, union):
        rule("hospital", cap="500", standard="500", form="cash", payer=payer)
    person, officer = members.member(), welfare.officer()
    told: dict[str, Any] = {"person": person, "kind": EventKind.HOSPITAL, "occurred_on": day("2026-03-01")}
    with pytest.raises(DomainError) as unsaid:
        cases.register(told=Told(**told), actor=officer, reported=False)
    assert unsaid.value.field == "payer"
    for payer in (personnel, union):
        made = cases.register(told=Told(**told, payer=payer), actor=officer, reported=False)
        assert (made.amount, made.warnings.count()) == (Decimal(500), 0)
    with pytest.raises(Refused) as third:
        cases.register(told=Told(**told, payer=union), actor=officer, reported=False)
    assert third.value.code == "already_paid_elsewhere"


def test_a_retired_person_is_not_paid_from_the_union_s_own_fund() -> None:
    rule(payer=welfare.fund(), population=["staff"], level=Level.PROVINCE, source="《省办法》第九条")
    person = members.member(kind="retiree", retired_on=day("2020-06-30"))
    told = Told(person=person, kind=EventKind.HOSPITAL, occurred_on=day("2026-03-01"), amount=Decimal(500))
    made = cases.register(told=told, actor=welfare.officer(), reported=False)
    cases.approve(subject=made, actor=welfare.chair())
    with pytest.raises(DomainError, match="只适用于教职工"):
        cases.pay(subject=made, fund=welfare.fund(), on=day("2026-04-01"), actor=welfare.treasurer())
    paid = cases.pay(
        subject=made, fund=Fund.objects.get(code="WELFARE"), on=day("2026-04-01"), actor=welfare.treasurer()
    )
    assert paid is not None


# -- How grave, how often, how near ---------------------------------------------------------------------------------


def test_what_is_left_to_the_chair_is_confirmed_by_nobody_else() -> None:
    members.member()
    rule(category=Category.FESTIVAL, form="goods", level=Level.NATION, severity="chair", source="《全国办法》第八条")
    made = welfare.locked(code="festival_money", price="100")
    approval.judge(round_=made)
    warning = made.warnings.get(code="cash_for_goods")
    assert (warning.chair_only, "全国标准规定发放实物" in warning.detail) == (True, True)
    answer(warning=warning, reason="校长办公会决定", document="校办〔2024〕3号", actor=welfare.officer())
    with pytest.raises(Refused, match="主席"):
        confirm(warning=warning, actor=welfare.treasurer())
    assert confirm(warning=warning, actor=welfare.chair()).confirmed_by is not None


def test_a_note_asks_for_nothing() -> None:
    person = members.member()
    without("wedding")
    rule("wedding", cap="300", form="goods", severity="note")
    told = Told(person=person, kind=EventKind.WEDDING, occurred_on=day("2026-03-01"), amount=Decimal(400))
    made = cases.register(told=told, actor=welfare.officer(), reported=False)
    assert not made.warnings.exists()
    assert "上限 300.00 元" in judge(grant=made).notes[0]


@pytest.mark.parametrize(("on", "refused"), [("2026-07-10", True), ("2027-07-10", False)])
def test_once_in_three_years_counts_back_from_the_day(on: str, refused: bool) -> None:
    without("recuperation")
    rule("recuperation", times=1, per_years=3, form="service")
    person = members.member()
    given(person, "2024-07-10", "3000", code="recuperation")
    asked = Grant(person=person, benefit=welfare.benefit("recuperation"), form="service", granted_on=day(on))
    objections = [one for one in judge(grant=asked).objections if one.code == "too_often"]
    assert bool(objections) is refused
    assert all("2024-07-10" in one.detail for one in objections)


def test_a_cap_that_comes_near_is_said_and_needs_no_answer() -> None:
    person = members.member()
    rule(category=Category.FESTIVAL, cap="2000", cap_basis="per_year")
    given(person, "2026-01-28", "1000")
    asked = Grant(person=person, benefit=welfare.benefit("spring"), form="goods", granted_on=day("2026-04-03"))
    for amount, notes in (("500", 0), ("600", 1), ("1000", 1)):
        asked.amount = Decimal(amount)
        found = judge(grant=asked)
        assert (len(found.notes), len(found.objections)) == (notes, 0)


def test_a_bound_that_must_not_be_reached() -> None:
    person = members.member()
    without("wedding")
    rule("wedding", cap="500", form="goods", inclusive=False)
    asked = Grant(person=person, benefit=welfare.benefit("wedding"), form="goods", granted_on=day("2026-04-03"))
    for amount, over in (("499.99", False), ("500", True)):
        asked.amount = Decimal(amount)
        assert bool(judge(grant=asked).objections) is over


def test_what_is_for_members_needs_a_reason_for_who_was_none_on_the_day() -> None:
    person, officer = members.member(on=day("2024-03-01")), welfare.officer()
    told: dict[str, Any] = {"person": person, "kind": EventKind.WEDDING, "amount": Decimal(300)}
    for on, objected in (("2024-02-28", True), ("2024-05-01", False)):
        made = cases.register(told=Told(**told, occurred_on=day(on)), actor=officer, reported=True)
        assert made.warnings.filter(code="not_a_member").exists() is objected
