"""Single grants: approved by a second person, judged, paid once."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import timezone

from members.kin import services as kin
from members.memberships.services import steps as memberships
from members.people import services as people
from tests.factories import members
from tests.factories import rounds as welfare
from tests.factories.rounds import CASE_DAY, case
from union_portal.base.errors import DomainError, Refused
from union_portal.home.desk.portal import desk_items
from welfare.benefits.models import BenefitRule
from welfare.benefits.services import adopt_rule
from welfare.cases import services as cases
from welfare.grants.enums import GrantState
from welfare.grants.models import Grant
from welfare.grants.services.departed import to_look_at
from welfare.grants.services.verdicts import judge
from welfare.grants.services.warnings import answer, confirm
from welfare.ledger.models import Posting
from welfare.life_events import services as life_events
from welfare.life_events.enums import EventKind
from welfare.life_events.models import LifeEvent


def test_a_case_is_approved_by_a_second_person_and_paid_once() -> None:
    grant = case()
    assert grant.rule is not None
    assert grant.prepared_by is not None
    with pytest.raises(Refused):
        cases.approve(subject=grant, actor=grant.prepared_by)
    cases.approve(subject=grant, actor=welfare.chair())
    first = cases.pay(subject=grant, fund=welfare.fund(), on=CASE_DAY, actor=welfare.treasurer())
    assert cases.pay(subject=grant, fund=welfare.fund(), on=CASE_DAY, actor=welfare.treasurer()) == first
    assert Posting.objects.get().total == Decimal(1000)
    assert grant.person.name not in Posting.objects.get().summary


def test_nobody_approves_for_himself_or_his_kin() -> None:
    grant = case()
    spouse = members.member()
    kin.add_kin(person=grant.person, related=spouse, relation="spouse")
    for person in (grant.person, spouse):
        with pytest.raises(Refused):
            cases.approve(subject=grant, actor=people.link_account(person=person))


def test_one_event_once_for_a_person_but_spouses_share_it() -> None:
    mother, father = members.member(), members.member()
    kin.add_kin(person=mother, related=father, relation="spouse")
    event = life_events.record_event(
        event=LifeEvent(kind=EventKind.BIRTH, whose=mother, occurred_on=CASE_DAY), actor=None
    )
    assert (
        life_events.record_event(event=LifeEvent(kind=EventKind.BIRTH, whose=father, occurred_on=CASE_DAY), actor=None)
        == event
    )
    for person in (mother, father):
        cases.enter(grant=Grant(person=person, benefit=welfare.benefit("birth"), event=event), actor=welfare.officer())
    with pytest.raises(DomainError):
        cases.enter(grant=Grant(person=mother, benefit=welfare.benefit("birth"), event=event), actor=welfare.officer())
    assert Grant.objects.count() == 2


def test_two_dates_for_what_looks_like_one_event_give_a_warning() -> None:
    grant = case()
    near = life_events.record_event(
        event=LifeEvent(kind=EventKind.HOSPITAL, whose=grant.person, occurred_on=CASE_DAY + dt.timedelta(days=20)),
        actor=None,
    )
    again = Grant(person=grant.person, benefit=grant.benefit, event=near, amount=Decimal(100))
    second = cases.enter(grant=again, actor=welfare.officer())
    assert second.warnings.filter(code="two_dates").exists()
    with pytest.raises(Refused):
        cases.approve(subject=second, actor=welfare.chair())


def test_over_the_cap_the_verdict_names_clause_version_and_what_is_left() -> None:
    example = BenefitRule.objects.filter(benefit__code="hospital", example=True, variant="", cap=500).get()
    adopt_rule(rule=example, valid_from=dt.date(2024, 1, 1))
    grant = case(amount="800")
    verdict = judge(grant=grant)
    assert verdict.cap is not None
    assert (verdict.left, verdict.cap.valid_from, verdict.cap.level) == (Decimal(500), dt.date(2024, 1, 1), "province")
    assert "待核对" in verdict.cap.source
    warning = grant.warnings.get()
    answer(warning=warning, reason="伤情特殊", document="委员会纪要第3号", actor=welfare.officer())
    boss = welfare.chair()
    confirm(warning=warning, actor=boss)
    assert cases.approve(subject=grant, actor=boss).state == GrantState.DUE


def test_a_yearly_cap_counts_what_was_given_before() -> None:
    BenefitRule.objects.filter(benefit__code="birthday", example=False).update(cap=Decimal(300), cap_basis="per_year")
    person = members.member()
    Grant.objects.create(
        person=person,
        benefit=welfare.benefit("birthday"),
        occasion=welfare.occasion(),
        state=GrantState.RECEIVED,
        received_on=CASE_DAY,
        form="coupon",
        amount=Decimal(200),
        granted_on=CASE_DAY,
        offline_approval="工字1号",
    )
    asked = {"person": person, "benefit": welfare.benefit("birthday"), "amount": Decimal(200), "form": "coupon"}
    told = judge(grant=Grant(**asked, granted_on=dt.date(2024, 9, 1)))
    assert (told.used, told.left) == (Decimal(200), Decimal(100))
    assert [item.code for item in told.objections] == ["over_cap"]
    next_year = judge(grant=Grant(**asked, granted_on=dt.date(2025, 1, 1)))
    assert next_year.objections == ()


def test_what_is_asked_for_before_eight_in_the_morning_is_asked_for_on_that_day() -> None:
    BenefitRule.objects.filter(benefit__code="hospital", example=False).update(claim_length=30)
    grant = case()
    assert grant.event is not None
    grant.event.occurred_on = dt.date(2026, 1, 1)
    for day, codes in ((31, []), (32, ["late"])):
        morning = dt.datetime(2026, 1, 1, 7, 30, tzinfo=timezone.get_default_timezone()) + dt.timedelta(days=day - 1)
        grant.event.entered_at = morning.astimezone(dt.UTC)
        assert [item.code for item in judge(grant=grant).objections] == codes


def test_a_rule_for_close_kin_does_not_cover_siblings() -> None:
    told = judge(
        grant=Grant(
            person=members.member(),
            benefit=welfare.benefit("bereavement"),
            amount=Decimal(500),
            form="cash",
            granted_on=CASE_DAY,
            relation="sibling",
        )
    )
    assert [item.code for item in told.objections] == ["no_rule"]


def test_a_returned_case_is_paid_again_with_a_posting_of_its_own() -> None:
    grant = case()
    cases.approve(subject=grant, actor=welfare.chair())
    cases.pay(subject=grant, fund=welfare.fund(), on=CASE_DAY, actor=welfare.treasurer())
    cases.return_payment(subject=grant, on=CASE_DAY, actor=welfare.treasurer(), why="账号有误")
    cases.pay(subject=grant, fund=welfare.fund(), on=CASE_DAY, actor=welfare.treasurer())
    assert [posting.total for posting in Posting.objects.order_by("pk")] == [1000, -1000, 1000]


def test_open_grants_of_people_who_died_wait_for_the_officer() -> None:
    person = members.member()
    made = welfare.approved()
    memberships.record_death(person=person, on=dt.date(2024, 2, 1))
    assert to_look_at(on=dt.date(2024, 2, 2)).get() == made.grants.get()
    items = desk_items(welfare.officer())
    assert any("orphaned" in item.address for item in items)


pytestmark = pytest.mark.django_db
