"""What was bought follows its entry: reversed in the ledger, the invoice is void and the right one goes in."""

from decimal import Decimal
from importlib import import_module
from typing import Any

import pytest
from django.db import connection

from tests.factories import ledger, members
from tests.factories import rounds as welfare
from tests.welfare.rounds.test_services import PAID
from union_portal.base.errors import DomainError, Refused
from union_portal.base.figures import FigureRequest, source_of
from union_portal.base.periods import Period
from welfare.grants.enums import GrantState, RoundState
from welfare.grants.models import Grant, Round
from welfare.ledger.models import LedgerEntry, Posting
from welfare.ledger.services.reversal import reverse_entries
from welfare.ledger.signals import entries_reversed
from welfare.purchases import services as purchases
from welfare.purchases.enums import PurchaseState
from welfare.purchases.models import Purchase
from welfare.rounds.services import handing_out, payment, reconciling


def _buy(round_: Round, quantity: int, amount: int) -> Purchase:
    return purchases.buy(
        subject=round_,
        supplier="某超市",
        invoice_number="57001",
        invoiced_on=PAID,
        posted_on=PAID,
        actor=welfare.treasurer(),
        quantity=quantity,
        amount=Decimal(amount),
    )


def _reverse(posting: Any) -> Posting:
    return reverse_entries(entries=posting.entries.all(), reason="数量有误", posted_on=PAID, approval=ledger.approval())


def _bought() -> Decimal | None:
    asked = FigureRequest("bought", ("welfare.purchase",), Period.year(PAID.year))
    [figure] = source_of("welfare.purchase").count([asked])
    return figure.amount


def test_a_reversed_invoice_leaves_the_round_and_the_report_and_the_right_one_goes_in() -> None:
    for _ in range(3):
        members.member()
    round_ = welfare.approved()
    handing_out.collect(subject=round_, on=PAID, actor=None)
    wrong = _buy(round_, 30, 14_700)
    assert _bought() == Decimal(14_700)
    stock = reconciling.reconcile(round_=round_).stock
    assert (stock.count, stock.amount) == (27, Decimal(27 * 490))
    reconciling.close(subject=round_, actor=None, explanation="结余27份入库")
    with pytest.raises(DomainError, match="该发票已登记"):
        _buy(round_, 3, 1_470)

    reversal = _reverse(wrong.posting)

    wrong.refresh_from_db()
    round_.refresh_from_db()
    assert (wrong.state, round_.state) == (PurchaseState.VOID, RoundState.APPROVED)
    assert str(reversal) in round_.moves.get(action="reopen").reason
    assert wrong.moves.get(action="void").actor == reversal.approved_by
    sums = reconciling.reconcile(round_=round_)
    assert (sums.bought.count, sums.stock.count, sums.posted) == (0, 0, Decimal(0))
    assert "尚未登记发票" in reconciling.differences(round_=round_)
    assert _bought() == Decimal(0)

    _buy(round_, 3, 1_470)
    assert reconciling.reconcile(round_=round_).posted == Decimal(1_470)
    assert _bought() == Decimal(1_470)
    assert reconciling.close(subject=round_, actor=None).state == RoundState.CLOSED


def test_what_was_paid_by_a_reversed_entry_is_paid_again() -> None:
    for _ in range(3):
        members.member()
    round_ = welfare.approved(code="special_group", price="800")
    first = payment.post_roster(subject=round_, on=PAID, actor=welfare.treasurer())
    reconciling.close(subject=round_, actor=None)
    entry = LedgerEntry.objects.filter(posting=first).first()
    assert entry is not None
    one = Grant.objects.get(pk=entry.subject_id)
    reverse_entries(entries=[entry], reason="账号有误", posted_on=PAID, approval=ledger.approval())
    one.refresh_from_db()
    round_.refresh_from_db()
    assert (one.state, round_.state) == (GrantState.RETURNED, RoundState.APPROVED)
    assert payment.post_roster(subject=round_, on=PAID, actor=welfare.treasurer()) == first
    payment.pay_again(subject=one, on=PAID, actor=welfare.treasurer())
    assert reconciling.differences(round_=round_) == []

    reverse_entries(
        entries=LedgerEntry.objects.filter(posting=first).standing(),
        reason="资金来源有误",
        posted_on=PAID,
        approval=ledger.approval(),
    )
    assert set(round_.grants.values_list("state", flat=True)) == {GrantState.RETURNED, GrantState.RECEIVED}
    assert payment.left_to_post(round_=round_)
    second = payment.post_roster(subject=round_, on=PAID, actor=welfare.treasurer())
    assert (second.entry_count, second != first) == (2, True)
    assert not payment.left_to_post(round_=round_)
    assert reconciling.differences(round_=round_) == []


def test_a_reversal_is_told_once_however_often_it_is_asked() -> None:
    members.member()
    round_ = welfare.approved()
    wrong = _buy(round_, 1, 490)
    assert _reverse(wrong.posting) == _reverse(wrong.posting)
    assert wrong.moves.filter(action="void").count() == 1
    with pytest.raises(Refused):
        reverse_entries(
            entries=LedgerEntry.objects.filter(posting=wrong.posting),
            reason="再冲一次",
            posted_on=PAID,
            approval=ledger.approval(),
            source_key="again",
        )


def test_what_was_reversed_before_is_put_right_by_the_upgrade(monkeypatch: pytest.MonkeyPatch) -> None:
    members.member()
    goods, cash = welfare.approved(), welfare.approved(code="special_group", price="800")
    wrong, kept = _buy(goods, 1, 490), payment.post_roster(subject=cash, on=PAID, actor=welfare.treasurer())
    with monkeypatch.context() as patch:
        patch.setattr(entries_reversed, "send", lambda *_args, **_kwargs: None)
        reversals = [_reverse(posting) for posting in (wrong.posting, kept)]
    upgrade = import_module("welfare.migrations.0007_reversed_before")
    with connection.cursor() as cursor:
        for _twice in range(2):
            cursor.execute(upgrade.INVOICES)
            cursor.execute(upgrade.GRANTS)
    wrong.refresh_from_db()
    grant = cash.grants.get()
    assert (wrong.state, grant.state) == (PurchaseState.VOID, GrantState.RETURNED)
    assert wrong.moves.get(action="void").reason == f"{reversals[0]}冲销"
    assert grant.moves.get(action="unpay").reason == f"{reversals[1]}冲销"


pytestmark = pytest.mark.django_db
