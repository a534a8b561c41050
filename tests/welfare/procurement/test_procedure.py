"""A purchase from request to stock: two people, what its threshold asks for, invoices and goods counted once."""

import datetime as dt
from decimal import Decimal
from functools import partial
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.database import at_once
from tests.factories import ledger, members, papers, procurement, rounds
from tests.factories.days import TODAY
from union_portal.accounts.enums import Role
from union_portal.base.errors import DomainError, Refused
from union_portal.base.steps import hold, record, saved, take
from welfare.books.models import Fund, LedgerAccount
from welfare.ledger.models import LedgerEntry, Posting
from welfare.ledger.services.reversal import reverse_entries
from welfare.payments import services as payments
from welfare.payments.enums import PaymentState
from welfare.procurement import services
from welfare.procurement.enums import GoodsMoveKind, Method, ProcurementState
from welfare.procurement.models import GoodsMove, Invoice, Procurement, ProcurementThreshold, Quote
from welfare.purchases import services as purchases

DAY = procurement.DAY


def pay(invoice: Invoice, *, by: str = "finance") -> Invoice:
    account = LedgerAccount.objects.get(code="50104")
    return payments.approve(subject=invoice, actor=ledger.officer(by), account=account, posted_on=TODAY)


def move(of: Procurement, quantity: int, kind: GoodsMoveKind = GoodsMoveKind.OUT, **told: Any) -> GoodsMove:
    given = {"whom": "文学院", "moved_on": DAY} | told
    return record(GoodsMove(procurement=of, kind=kind, quantity=quantity, **given), actor=None)


@pytest.fixture
def quotes_asked() -> None:
    told = {"method": Method.QUOTES, "quotes": 3, "decision": True, "report": True, "contract": True}
    valid = {"valid_from": dt.date(2023, 1, 1), "source": "某校工会采购办法"}
    record(ProcurementThreshold(amount_from=100_000, **told, **valid), actor=None)


# W13, F12: what the threshold asks for is there before the chair approves, the contract before anything is taken over.
@pytest.mark.usefixtures("quotes_asked")
def test_nothing_is_approved_before_it_is_whole_unless_the_exception_is_told() -> None:
    chair, made = ledger.officer("chair"), procurement.asked(amount=Decimal(100_000))
    with pytest.raises(Refused, match="尚缺：采购方式应为三方比价、报价不足 3 份、集体决定、评选报告"):
        services.approve(subject=made, actor=chair)
    for number in range(3):
        record(Quote(procurement=made, supplier=f"{number}号商店", quoted_on=DAY, amount=100_000), actor=None)
    made.method, made.decision, made.report = Method.QUOTES, "工会委员会 6 月 1 日", "评选报告"
    saved(made)
    with pytest.raises(Refused, match="经办人不能审批"):
        services.approve(subject=made, actor=ledger.officer("welfare"))
    services.approve(subject=made, actor=chair)
    told: dict[str, Any] = {"accepted_on": DAY, "accepted_by": "丁", "quantity": 490}
    with pytest.raises(Refused, match="尚缺合同"):
        services.accept(subject=made, actor=chair, **told)
    Procurement.objects.filter(pk=made.pk).update(contract="HT-1")
    with pytest.raises(DomainError, match="早于采购日期"):
        services.accept(subject=made, actor=chair, **{**told, "accepted_on": dt.date(2023, 6, 9)})
    assert services.accept(subject=made, actor=chair, **told).left() == 490
    with pytest.raises(DomainError, match="报价不能再改动"):
        record(Quote(procurement=hold_of(made), supplier="四号商店", quoted_on=DAY, amount=1), actor=None)
    odd = procurement.asked(amount=Decimal(100_000), exception="灾后急需，工会〔2023〕9号")
    approved = services.approve(subject=odd, actor=chair).moves.get(action="approve")
    assert approved.reason == "灾后急需，工会〔2023〕9号"


def hold_of(made: Procurement) -> Procurement:
    return Procurement.objects.get(pk=made.pk)


def test_invoices_are_posted_by_two_people_up_to_what_was_approved() -> None:
    asked = procurement.asked()
    with pytest.raises(DomainError, match="待审批，验收后才能登记发票"):
        procurement.invoice(asked, 100)
    made = procurement.accepted()
    first = procurement.invoice(made, "18000.50", number="57001", code="3200")
    assert first.account == made.account
    with pytest.raises(DomainError, match=r"尚可登记 11,999\.50 元"):
        procurement.invoice(made, "11999.51")
    with pytest.raises(Refused, match="经办人不能审批"):
        pay(first, by="welfare")
    done = pay(first)
    assert done.posting is not None
    assert (done.state, done.posting.total, done.posting.kind) == (PaymentState.PAID, Decimal("18000.50"), "purchase")
    assert done.posting.summary == made.title
    other = procurement.accepted(title="另一项")
    with pytest.raises(DomainError, match=rf"该发票已登记：{made.title}，2023-06-10，18,000\.50 元"):
        procurement.invoice(other, 100, number="57001", code="3200")
    reverse_entries(
        entries=list(LedgerEntry.objects.filter(posting=done.posting)),
        reason="开错",
        posted_on=TODAY,
        approval=ledger.approval(),
        source_key="back",
    )
    done.refresh_from_db()
    assert done.state == PaymentState.REVERSED
    assert pay(procurement.invoice(other, 100, number="57001", code="3200")).state == PaymentState.PAID


def test_a_purchase_of_earlier_years_is_changed_by_the_list_and_one_of_the_desk_is_not() -> None:
    made = procurement.accepted()
    past = record(Procurement(title="往年", item="食品", supplier="甲", decided_on=DAY, amount=5), actor=None)
    assert (past.state, past.left(), made.left()) == (ProcurementState.PAST, 0, 500)


# What is bought for a round is counted and posted with the round alone.
def test_goods_of_a_round_are_posted_and_counted_there() -> None:
    members.member()
    round_ = rounds.approved()
    made = procurement.accepted(round=round_)
    assert made.left() == 0
    with pytest.raises(DomainError, match="发票请在批次页面登记并记账"):
        procurement.invoice(made, 100)
    told: dict[str, Any] = {"supplier": "甲商店", "invoiced_on": DAY, "quantity": 3, "amount": Decimal(1500)}
    told |= {"subject": round_, "posted_on": TODAY, "actor": ledger.officer("finance")}
    purchases.buy(invoice_number="900", **told)
    alone = procurement.accepted(title="另一项")
    with pytest.raises(DomainError, match="该发票已登记在发放批次"):
        procurement.invoice(alone, 100, number="900")
    procurement.invoice(alone, 100, number="901")
    with pytest.raises(DomainError, match="该发票已登记在采购项目“另一项”"):
        purchases.buy(invoice_number="901", **told)
    move(made, 1, GoodsMoveKind.BACK, round=round_)
    assert made.left() == 1


def test_the_store_never_holds_less_than_nothing_nor_more_than_was_bought() -> None:
    made = procurement.accepted()
    with pytest.raises(DomainError, match="验收后才计入库存"):
        move(procurement.asked(), 1)
    with pytest.raises(DomainError, match="库存只有 500 件"):
        move(made, 501)
    out = move(made, 300)
    move(made, 50, GoodsMoveKind.LOST)
    assert made.left() == 150
    with pytest.raises(DomainError, match="退回后超过采购数量 500 件"):
        move(made, 351, GoodsMoveKind.BACK)
    out.quantity = 451
    with pytest.raises(DomainError, match="库存只有 450 件"):
        saved(out)
    out.quantity = 450
    saved(out)
    assert made.left() == 0
    assert not Procurement.objects.with_stock().filter(in_stock__gt=0).exists()
    with pytest.raises(DomainError, match="请选择发放批次，或填写领用单位或用途"):
        move(made, 10, GoodsMoveKind.BACK, whom="")


def test_the_desk_leads_from_the_request_to_the_store(client: Client) -> None:
    officer, finance = members.account_with_role(Role.WELFARE), members.account_with_role(Role.FINANCE)
    client.force_login(officer)
    union, account = Fund.objects.get(code="UNION").pk, LedgerAccount.objects.get(code="50104").pk
    sent: dict[str, Any] = {
        "title": "端午粽子",
        "item": "食品",
        "supplier": "甲",
        "decided_on": f"{DAY}",
        "quantity": "20",
    }
    sent |= {"amount": "2000", "method": "own", "fund": union, "account": account}
    client.post(reverse("admin:welfare_procurement_add"), sent)
    made = Procurement.objects.get()
    assert (made.state, made.asked_by) == (ProcurementState.ASKED, officer)

    def step(name: str, **told: Any) -> int:
        address = reverse(f"admin:welfare_procurement_step_{name}", args=[made.pk])
        return client.post(address, {"confirmed": "1", **told}).status_code

    client.force_login(finance)
    assert step("approve") == 302
    client.force_login(officer)
    page = client.get(reverse("admin:welfare_procurement_change", args=[made.pk])).content.decode()
    assert 'name="supplier"' not in page
    assert 'name="contract"' in page
    assert step("accept", accepted_on=f"{DAY}", accepted_by="丁", quantity="20") == 302
    sent = {
        "procurement": made.pk,
        "number": "1",
        "issued_on": f"{DAY}",
        "amount": "2000",
        "scan": papers.sent("a.pdf"),
    }
    assert client.post(reverse("admin:welfare_invoice_add"), sent).status_code == 302
    invoice = Invoice.objects.get()
    scan = client.get(reverse("admin:welfare_invoice_scan", args=[invoice.pk]))
    assert scan.getvalue().startswith(b"%PDF")
    client.force_login(finance)
    told = {"account": account, "posted_on": f"{TODAY}"}
    assert client.post(reverse("admin:welfare_invoice_step_approve", args=[invoice.pk]), told).status_code == 302
    assert Posting.objects.get(paid_invoice=invoice).total == Decimal(2000)
    listed = client.get(reverse("admin:welfare_procurement_changelist"), {"stock": "left"}).content.decode()
    assert "端午粽子" in listed


@pytest.mark.django_db(transaction=True)
def test_ten_invoices_and_ten_hands_at_once_take_what_is_there_and_no_more() -> None:
    made = procurement.accepted(quantity=5, amount=Decimal(500))

    @transaction.atomic
    def take_one() -> None:
        hold(made)
        move(made, 1)

    @transaction.atomic
    def enter(number: int) -> None:
        hold(made)
        procurement.invoice(made, 100, number=f"{number}")

    at_once(*(partial(enter, number) for number in range(10)))
    at_once(*[take_one] * 10)
    assert (made.invoices.count(), made.invoiced(), made.goods_moves.count(), made.left()) == (5, Decimal(500), 5, 0)
    first = made.invoices.order_by("pk")[0]
    at_once(*[partial(pay, first)] * 10)
    assert Posting.objects.filter(paid_invoice=first).count() == 1


def test_what_is_not_decided_can_be_taken_back() -> None:
    made = take(subject=procurement.asked(), action="cancel", actor=None, why="不再需要")
    assert not Procurement.objects.bought().filter(pk=made.pk).exists()
    with pytest.raises(Refused):
        services.approve(subject=made, actor=ledger.officer("chair"))


pytestmark = pytest.mark.django_db
