"""What the rules object to in a case is answered before it goes to approval."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse

from members.people.models import Person
from tests.factories import rounds as welfare
from tests.factories.accounts import signed_in
from union_portal.accounts.models import User
from union_portal.base.errors import DomainError
from union_portal.home.desk.portal import desk_items
from welfare.cases import services as cases
from welfare.cases.services import Beside, Told
from welfare.grants.enums import GrantState
from welfare.grants.models import Grant
from welfare.grants.services.warnings import answer
from welfare.life_events.enums import EventKind
from welfare.life_events.services import record_event

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("capped")]
DAY = dt.date(2024, 3, 1)


def told(person: Person) -> Told:
    """Tell of a parent's death for which more is wanted than the cap lets."""
    return Told(person=person, kind=EventKind.DEATH, relation="parent", occurred_on=DAY, amount=Decimal(1200))


def test_what_the_rules_object_to_is_answered_before_it_goes_to_approval(person: Person, reporter: User) -> None:
    """An approver could do nothing with it; a branch's report is answered by the officer who takes it up."""
    officer, over = welfare.officer(), told(person)
    with pytest.raises(DomainError, match="原因"):
        cases.register(told=over, actor=officer, reported=False)
    with pytest.raises(DomainError, match="决定文件"):
        cases.register(told=over, actor=officer, reported=False, beside=Beside(reason="家庭特别困难"))
    assert not Grant.objects.exists()
    made = cases.register(told=over, actor=reporter, reported=True)
    with pytest.raises(DomainError, match="原因"):
        cases.amend(subject=made, told=over, action="submit", actor=officer)
    made.refresh_from_db()
    assert (made.state, made.prepared_by) == (GrantState.REPORTED, reporter)
    sent = {"person": person.pk, "kind": "death", "relation": "parent", "occurred_on": f"{DAY}", "amount": "1200"}
    page = signed_in(officer).post(reverse("admin:welfare_grant_amend", args=[made.pk]), sent)
    assert page.status_code == 422
    shown = page.content.decode()
    assert f"{reporter} 于" in shown
    assert "请填写仍需办理的理由。" in shown
    assert "请填写决定文件。" in shown
    assert "data-answers hidden" not in shown


def test_an_approver_is_not_led_to_what_still_lacks_its_reason(person: Person) -> None:
    officer, chair = welfare.officer(), welfare.chair()
    event = record_event(event=told(person).event(), actor=officer)
    draft = Grant(person=person, relation="parent", event=event, benefit=welfare.benefit("bereavement"))
    draft.amount = Decimal(1200)
    made = cases.enter(grant=draft, actor=officer)
    assert not any(person.name in item.title for item in desk_items(chair))
    answer(warning=made.warnings.get(), reason="家庭特别困难", document="纪要第3号", actor=officer)
    assert any(person.name in item.title for item in desk_items(chair))
