"""A round is begun for the festival of its benefit, and taken back until it is decided."""

from decimal import Decimal

import pytest

from tests.factories import members
from tests.factories import rounds as welfare
from union_portal.base.errors import DomainError, Refused
from welfare.benefits.enums import Festival
from welfare.grants.enums import RoundState
from welfare.grants.models import Round
from welfare.rounds.services import approval
from welfare.rounds.services import people as rounds

pytestmark = pytest.mark.django_db


def test_the_preparer_takes_a_round_back_until_it_is_decided_and_sends_it_again() -> None:
    members.member()
    officer, chair = welfare.officer(), welfare.chair()
    made = approval.submit(subject=welfare.locked(actor=officer), actor=officer)
    made = approval.withdraw(subject=made, actor=officer)
    assert made.state == RoundState.LOCKED
    with pytest.raises(Refused):
        approval.approve(subject=made, actor=chair)
    made = rounds.set_price(subject=made, unit_price=Decimal(400), actor=officer)
    made = approval.approve(subject=approval.submit(subject=made, actor=officer), actor=chair)
    assert made.grants.get().amount == Decimal(400)
    with pytest.raises(Refused):
        approval.withdraw(subject=made, actor=officer)


def test_a_festivals_goods_are_given_on_that_festival() -> None:
    other = welfare.occasion(festival=Festival.DRAGON_BOAT)
    with pytest.raises(DomainError, match="春节") as refused:
        welfare.draft(code="spring", occasion=other)
    assert refused.value.field == "occasion"
    assert not Round.objects.exists()
    assert welfare.draft(code="dragon_boat", occasion=other).pk
    assert welfare.draft(code="special_group", occasion=other).pk
