"""A posting's page, the search, and a reversal from tick to posting over the desk."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.factories import ledger, members
from tests.factories import rounds as welfare
from tests.factories.accounts import signed_in
from union_portal.accounts.enums import Role
from welfare.books.models import LedgerAccount
from welfare.grants.enums import RoundState
from welfare.grants.models import Round
from welfare.ledger.models import LedgerEntry, Posting
from welfare.ledger.services.vouchers import note_voucher
from welfare.posting_requests.enums import RequestState
from welfare.posting_requests.models import PostingRequest
from welfare.purchases import services as purchases
from welfare.purchases.models import Purchase
from welfare.rounds.services import handing_out, payment, reconciling

DAY = dt.date(2024, 1, 25)


def _desk(role: Role) -> Client:
    return signed_in(members.account_with_role(role))


def _bought(number: str = "57001", amount: int = 14_700) -> tuple[Round, Purchase]:
    members.member()
    made = welfare.approved()
    handing_out.collect(subject=made, on=DAY, actor=None)
    told: dict[str, Any] = {"supplier": "某超市", "invoice_number": number, "invoiced_on": DAY, "posted_on": DAY}
    return made, purchases.buy(subject=made, quantity=30, amount=Decimal(amount), actor=welfare.treasurer(), **told)


def _page(name: str, row: Posting | PostingRequest) -> str:
    return reverse(f"admin:welfare_{row._meta.model_name}_{name}", args=[row.pk])


def test_finance_ticks_entries_and_the_chair_posts_the_reversal() -> None:
    round_ = _bought()[0]
    reconciling.close(subject=round_, actor=None, explanation="结余入库")
    posting = Posting.objects.get()
    finance, chair, officer = _desk(Role.FINANCE), _desk(Role.CHAIR), _desk(Role.WELFARE)
    page = finance.get(_page("change", posting)).content.decode()
    assert 'name="entry"' in page
    assert 'name="entry"' not in officer.get(_page("change", posting)).content.decode()
    entry = LedgerEntry.objects.get()
    step = f"{_page('request_reversal', posting)}?entry={entry.pk}"
    assert officer.get(step).status_code == 403
    assert chair.get(step).status_code == 403
    told = {"entries": [entry.pk], "reason": "数量有误", "document": "更正说明", "posted_on": "2024-02-01"}
    answer = finance.post(step, told)
    asked = PostingRequest.objects.get()
    assert answer.url == _page("change", asked)  # type: ignore[attr-defined]
    assert str(posting) in finance.get(_page("change", asked)).content.decode()
    assert "待审批的记账申请" in chair.get(reverse("admin:index")).content.decode()
    # Finance may approve, but not what it asked for itself: its page does not offer it.
    assert "批准并记账" not in finance.get(_page("change", asked)).content.decode()
    assert finance.post(_page("step_approve", asked)).status_code == 403
    assert officer.post(_page("step_approve", asked)).status_code == 403
    for _twice in range(2):
        chair.post(_page("step_approve", asked))
    asked.refresh_from_db()
    round_.refresh_from_db()
    assert (asked.state, round_.state) == (RequestState.POSTED, RoundState.APPROVED)
    assert Posting.objects.count() == 2
    assert reconciling.reconcile(round_=round_).bought.count == 0
    shown = chair.get(_page("change", posting)).content.decode()
    assert "已冲销" in shown
    assert str(asked.posting) in shown
    again = {"supplier": "某超市", "invoice_number": "57001", "invoiced_on": "2024-01-15", "quantity": "1"}
    finance.post(
        reverse("admin:welfare_round_step_buy", args=[round_.pk]), again | {"amount": "490", "posted_on": "2024-02-01"}
    )
    assert reconciling.reconcile(round_=round_).posted == Decimal(490)


def test_a_postings_page_shows_entries_people_and_what_they_pay_for() -> None:
    for _ in range(2):
        members.member()
    made = welfare.approved(code="special_group", price="800")
    posting = payment.post_roster(subject=made, on=DAY, actor=welfare.treasurer())
    note_voucher(posting=posting, voucher_number="记-12", voucher_date=DAY, noted_by=ledger.officer("finance"))
    page = _desk(Role.AUDIT).get(_page("change", posting)).content.decode()
    for grant in made.grants.all():
        assert reverse("admin:welfare_grant_change", args=[grant.pk]) in page
    assert reverse("admin:welfare_round_change", args=[made.pk]) in page
    for words in ("800.00", "有效", "记-12", str(made.prepared_by), str(made.approved_by)):
        assert words in page


def test_a_bought_postings_page_shows_the_invoice() -> None:
    made = _bought()[0]
    page = _desk(Role.AUDIT).get(_page("change", Posting.objects.get())).content.decode()
    for words in ("某超市", "57001", reverse("admin:welfare_round_change", args=[made.pk])):
        assert words in page


@pytest.mark.parametrize("words", ["2024-00002", "57002", "某超市", "14,702", "14702.00", "14702元", "某超市 57002"])
def test_the_search_finds_a_posting_as_people_name_it(words: str) -> None:
    _bought("57001", 14_701)
    _round, second = _bought("57002", 14_702)
    desk = _desk(Role.AUDIT)
    for model in ("posting", "ledgerentry"):
        found = desk.get(reverse(f"admin:welfare_{model}_changelist"), {"q": words}).context["cl"].queryset
        keys = {row.pk if model == "posting" else row.posting_id for row in found}
        assert second.posting_id in keys
        assert len(keys) == (2 if words == "某超市" else 1)
    assert not desk.get(reverse("admin:welfare_posting_changelist"), {"q": "2024-00044"}).context["cl"].queryset


def test_income_and_an_opening_balance_are_entered_on_the_screen() -> None:
    finance, chair = _desk(Role.FINANCE), _desk(Role.CHAIR)
    today = timezone.localdate().isoformat()
    told = {"fund": welfare.fund().pk, "amount": "1000", "document": "决算", "posted_on": today}
    assert chair.get(reverse("admin:welfare_postingrequest_ask_opening")).status_code == 403
    finance.post(reverse("admin:welfare_postingrequest_ask_opening"), told)
    account = {"account": str(_income_account()), "occurred_on": today, "payer": "校财务处"}
    finance.post(reverse("admin:welfare_postingrequest_ask_income"), {**told, **account, "amount": "250.50"})
    for asked in PostingRequest.objects.all():
        chair.post(_page("step_approve", asked))
    assert set(PostingRequest.objects.values_list("state", flat=True)) == {RequestState.POSTED}
    page = chair.get(reverse("admin:welfare_fund_change", args=[welfare.fund().pk])).content.decode()
    assert "1,250.50" in page
    listed = chair.get(reverse("admin:welfare_fundbalance_changelist"), {"year": timezone.localdate().year})
    assert "1250.50" in listed.content.decode().replace(",", "")


def _income_account() -> int:
    return LedgerAccount.objects.get(code="402").pk


pytestmark = pytest.mark.django_db
