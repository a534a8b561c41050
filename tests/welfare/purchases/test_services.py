"""Goods are bought by invoice."""

from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.factories import members, papers
from tests.factories import rounds as welfare
from tests.factories.accounts import signed_in
from tests.welfare.rounds.test_services import PAID
from union_portal.accounts.enums import Role
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


def test_an_invoice_takes_its_scan_which_whoever_sees_the_round_reads() -> None:
    members.member()
    made = welfare.approved()
    finance = signed_in(welfare.treasurer())
    told = {"supplier": "某超市", "invoice_number": "7", "invoiced_on": f"{PAID}", "quantity": 1, "amount": "490"}
    told |= {"posted_on": f"{PAID}"}
    step = reverse("admin:welfare_round_step_buy", args=[made.pk])
    wrong = finance.post(step, told | {"scan": SimpleUploadedFile("a.pdf", b"no such paper")})
    assert wrong.status_code == 422
    assert not made.purchases.exists()
    assert finance.post(step, told | {"scan": papers.sent("a.pdf")}).status_code == 302
    bought = made.purchases.get()
    door = reverse("admin:welfare_round_invoice", args=[bought.pk])
    for place in ("welfare_round_change", "welfare_posting_change"):
        key = made.pk if place == "welfare_round_change" else bought.posting_id
        assert door in finance.get(reverse(f"admin:{place}", args=[key])).content.decode(), place
    assert finance.get(door).getvalue().startswith(b"%PDF")
    assert signed_in(members.account_with_role(Role.CONGRESS)).get(door).status_code in {403, 404}
    assert finance.post(step, told | {"invoice_number": "8"}).status_code == 302
    bare = made.purchases.get(invoice_number="8")
    later = reverse("admin:welfare_round_invoice", args=[bare.pk])
    assert finance.get(later).status_code == 404
    keep = reverse("admin:welfare_round_keep_invoice", args=[made.pk])
    for refused in ({"purchase": bought.pk, "scan": papers.sent("a.pdf")}, {"purchase": bare.pk}):
        assert finance.post(keep, refused).status_code == 422
    assert finance.post(keep, {"purchase": bare.pk, "scan": papers.sent("a.pdf")}).status_code == 302
    assert finance.get(later).getvalue().startswith(b"%PDF")


pytestmark = pytest.mark.django_db
