"""Goods are bought by invoice."""

from decimal import Decimal
from typing import Any

import pytest

from tests.factories import members
from tests.factories import rounds as welfare
from tests.welfare.rounds.test_services import PAID
from union_portal.base.errors import DomainError, Refused
from welfare.grants.enums import RoundState
from welfare.purchases import services as purchases
from welfare.rounds.services import handing_out, payment, reconciling


def test_goods_are_posted_by_invoice_and_leave_a_stock() -> None:
    for _ in range(2):
        members.member()
    made = welfare.approved()
    with pytest.raises(Refused):
        payment.post_roster(subject=made, on=PAID, actor=welfare.treasurer())
    invoice: dict[str, Any] = {"supplier": "某超市", "invoice_number": "2024001", "invoiced_on": PAID}
    invoice |= {"posted_on": PAID, "actor": welfare.treasurer()}
    purchases.buy(subject=made, quantity=5, amount=Decimal(2500), **invoice)
    with pytest.raises(DomainError):
        purchases.buy(subject=made, quantity=5, amount=Decimal(2500), **invoice)
    handing_out.collect(subject=made, on=PAID, actor=None)
    sums = reconciling.reconcile(round_=made)
    assert (sums.bought.count, sums.handed_out.count, sums.stock.count) == (5, 2, 3)
    assert sums.posted == Decimal(2500)
    with pytest.raises(DomainError):
        reconciling.close(subject=made, actor=None)
    assert reconciling.close(subject=made, actor=None, explanation="结余3份入库").state == RoundState.CLOSED


pytestmark = pytest.mark.django_db
