"""Who spends is told what is left, and is not kept from spending."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import ledger, members
from tests.factories import rounds as welfare
from tests.factories.accounts import signed_in
from union_portal.accounts.enums import Role
from welfare.books.models import FiscalYear
from welfare.case_desk.forms import PayForm
from welfare.posting_requests import services as requests
from welfare.rounds.services.payment import standing_posting


def _opening(amount: int, on: dt.date) -> None:
    asked = requests.request_opening(
        fund=welfare.fund(), amount=Decimal(amount), posted_on=on, document="决算", actor=ledger.officer("finance")
    )
    requests.approve(subject=asked, actor=ledger.officer("chair"))


def test_spending_more_than_there_is_warns_and_is_not_refused() -> None:
    members.member()
    made = welfare.approved(code="special_group", price="800")
    desk, today = signed_in(members.account_with_role(Role.FINANCE)), timezone.localdate()
    step = reverse("admin:welfare_round_step_post", args=[made.pk])
    page = reverse("admin:welfare_round_change", args=[made.pk])
    assert "期初未登记，无法核对结余" in desk.get(step).content.decode()
    assert "期初未登记，无法核对结余" in desk.get(page).content.decode()
    assert "（期初未登记）" in str(PayForm()["fund"])
    listed = reverse("admin:welfare_fundbalance_changelist")
    FiscalYear.objects.create(book=made.book, year=today.year)
    assert "期初未登记" in desk.get(listed, {"year": today.year}).content.decode()
    _opening(500, today)
    assert "500.00" in desk.get(listed, {"year": today.year, "fund__id__exact": welfare.fund().pk}).content.decode()
    said = desk.get(step).content.decode()
    assert f"{today.year}年结余为 -300.00 元，支出已超出结余" in said
    assert "结余 500.00 元" in str(PayForm()["fund"])
    desk.post(step, {"on": today.isoformat()})
    assert standing_posting(round_=made)
    assert "结余为 -300.00 元" in desk.get(page).content.decode()


pytestmark = pytest.mark.django_db
