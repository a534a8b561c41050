"""What is open for somebody who died, left or never retired is shown to the officer, and paid by nobody unawares."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from members.memberships.enums import Correction
from members.memberships.services import corrections
from members.memberships.services import steps as memberships
from members.people.models import Person
from tests.factories import members
from tests.factories import rounds as welfare
from tests.factories.accounts import signed_in
from welfare.benefits.models import Benefit
from welfare.cases import services as cases
from welfare.grants.enums import GrantState
from welfare.grants.models import Grant
from welfare.grants.portal import desk_items
from welfare.grants.services.departed import to_look_at
from welfare.life_events import services as life_events
from welfare.life_events.enums import EventKind
from welfare.life_events.models import LifeEvent
from welfare.rounds.services import payment

D = dt.date


def case(person: Person, kind: EventKind, code: str) -> Grant:
    event = life_events.record_event(event=LifeEvent(kind=kind, whose=person, occurred_on=welfare.CASE_DAY), actor=None)
    made = Grant(person=person, benefit=welfare.benefit(code), event=event, amount=Decimal(800))
    return cases.enter(grant=made, actor=welfare.officer())


def test_open_illness_and_retirement_cases_of_one_who_died_are_shown_and_not_paid_unawares() -> None:
    person, officer, finance = members.member(name="测试甲"), welfare.officer(), welfare.treasurer()
    memberships.retire(person=person, on=welfare.CASE_DAY)
    ill, retired = case(person, EventKind.HOSPITAL, "hospital"), case(person, EventKind.RETIREMENT, "retirement")
    cases.approve(subject=ill, actor=welfare.chair())
    assert not to_look_at().exists()
    memberships.record_death(person=person, on=D(2024, 4, 1))
    # What is given for his own death is for the family.
    died = case(person, EventKind.DEATH, "death")
    assert set(to_look_at()) == {ill, retired}
    [item] = [item for item in desk_items(officer) if "orphaned" in item.address]
    assert item.count == 2
    for client, step in ((finance, "step_receive"), (officer, "change")):
        page = signed_in(client).get(reverse(f"admin:welfare_grant_{step}", args=[ill.pk])).content.decode()
        assert "测试甲已于 2024-04-01 去世，请核对" in page, step
    # The death was recorded for the wrong person: the cases go on, what was given up or given for it is named.
    cases.decline(subject=retired, actor=welfare.chair(), why="已去世")
    given: dict[str, Any] = {"act": "death:2024-04-01", "how": Correction.NEVER, "why": "登记错人"}
    left = "".join(corrections.correct(person=person, **given).left)
    assert "未通过（已去世），如因这项登记，请重新办理" in left
    assert f"{died.benefit}（待审批）因这项登记办理，请核对是否取消或追回" in left
    assert set(to_look_at()) == {died}
    page = signed_in(officer).get(reverse("admin:welfare_grant_change", args=[died.pk])).content.decode()
    assert "登记中测试甲并未去世" in page


def test_a_retirement_case_waits_when_the_retirement_is_corrected_away() -> None:
    person = members.member(name="测试乙")
    memberships.retire(person=person, on=welfare.CASE_DAY)
    grant = case(person, EventKind.RETIREMENT, "retirement")
    given: dict[str, Any] = {"act": f"retire:{welfare.CASE_DAY}", "how": Correction.NEVER, "why": "登记错人"}
    left = corrections.correct(person=person, **given).left
    assert left == [f"{grant.benefit}（待审批）因这项登记办理，请核对是否取消或追回。"]
    assert set(to_look_at()) == {grant}


def test_a_roster_names_the_dead_before_it_is_posted_and_on_the_banks_list() -> None:
    dead, left, _well = members.member(name="测试丙"), members.member(name="测试丁"), members.member()
    Benefit.objects.filter(code="special_group").update(non_members=False)
    made = welfare.approved(code="special_group", price="800")
    memberships.record_death(person=dead, on=D(2024, 1, 22))
    memberships.leave(person=left, on=D(2024, 1, 22))
    finance = signed_in(welfare.treasurer())
    page = finance.get(reverse("admin:welfare_round_step_post", args=[made.pk])).content.decode()
    assert "测试丙" in page
    assert "请先逐一决定" in page
    remarks = {line.name: line.remark for line in payment.payout_list(round_=made)}
    assert remarks["测试丙"].startswith("已于 2024-01-22 去世")
    assert remarks["测试丁"].startswith("现已不是会员")
    grant = made.grants.get(person=dead)
    payment.take_back(subject=grant, on=D(2024, 1, 25), why="去世", actor=welfare.officer())
    posting = payment.post_roster(subject=made, on=D(2024, 1, 25), actor=welfare.treasurer())
    assert posting.entry_count == 2
    grant.refresh_from_db()
    assert grant.state == GrantState.CANCELLED
    given: dict[str, Any] = {"act": "death:2024-01-22", "how": Correction.NEVER, "why": "登记错人"}
    assert any("已取消（去世）" in words for words in corrections.correct(person=dead, **given).left)


pytestmark = pytest.mark.django_db
