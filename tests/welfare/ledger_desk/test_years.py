"""Fiscal years on the desk: finance opens and closes, the chair reopens for what is recorded later."""

import datetime as dt
import re
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import ledger, members
from tests.factories import rounds as welfare
from tests.factories.accounts import signed_in
from union_portal.accounts.enums import Role
from union_portal.base.errors import Refused
from welfare.books.enums import YearState
from welfare.books.models import FiscalYear
from welfare.ledger.enums import PostingKind
from welfare.ledger_desk.services.closing import MATTERS
from welfare.posting_requests import services as requests

DAY = dt.date(2024, 3, 1)


def _desk(role: Role) -> Client:
    return signed_in(members.account_with_role(role))


def _step(name: str, year: FiscalYear) -> str:
    return reverse(f"admin:welfare_fiscalyear_{name}", args=[year.pk])


def test_a_year_is_opened_closed_and_reopened_by_those_who_may() -> None:
    finance, chair, officer = _desk(Role.FINANCE), _desk(Role.CHAIR), _desk(Role.WELFARE)
    fund = ledger.fund()
    new = {"book": fund.book.pk, "year": "2024"}
    assert officer.get(reverse("admin:welfare_fiscalyear_add")).status_code == 403
    assert chair.get(reverse("admin:welfare_fiscalyear_add")).status_code == 403
    finance.post(reverse("admin:welfare_fiscalyear_add"), new)
    year = FiscalYear.objects.get(book=fund.book)
    ledger.posting(fund, "75.00", source_key="first")
    page = finance.get(_step("change", year)).content.decode()
    assert "未登记正式凭证的台账单 1 张" in page
    assert "75.00" in page
    assert "期初未登记" in page
    said = finance.get(_step("step_close", year)).content.decode()
    assert "未登记正式凭证的台账单 1 张" in said
    assert [client.post(_step("step_close", year)).status_code for client in (officer, chair)] == [403, 403]
    finance.post(_step("step_close", year))
    year.refresh_from_db()
    assert year.state == YearState.CLOSED
    assert "未登记正式凭证的台账单 1 张" in year.moves.get(action="close").reason
    with pytest.raises(Refused, match="以前年度调整"):
        ledger.posting(fund, source_key="late")
    assert finance.post(_step("step_reopen", year), {"why": "补录"}).status_code == 403
    assert chair.post(_step("step_reopen", year), {"why": ""}).status_code == 422
    chair.post(_step("step_reopen", year), {"why": "补录2024年慰问"})
    year.refresh_from_db()
    assert year.state == YearState.REOPENED
    with pytest.raises(Refused, match="仅为补录"):
        ledger.posting(fund, source_key="other")
    assert ledger.posting(fund, source_key="recorded", kind=PostingKind.RECORDED).number == 2
    finance.post(_step("step_close", year))
    year.refresh_from_db()
    assert year.state == YearState.CLOSED


def test_closing_says_what_waits() -> None:
    members.member()
    welfare.approved()
    asked = requests.request_opening(
        fund=welfare.fund(), amount=Decimal(10), posted_on=DAY, document="决算", actor=ledger.officer("finance")
    )
    assert asked.fund is not None
    year = FiscalYear.objects.create(book=asked.fund.book, year=2024)
    page = _desk(Role.FINANCE).get(_step("change", year)).content.decode()
    assert "未办结的发放批次 1 个" in page
    assert "待审批的记账申请 1 笔" in page


def test_what_is_open_leads_to_its_rows_and_to_no_others() -> None:
    members.member()
    made = welfare.approved()
    welfare.approved()
    year = FiscalYear.objects.create(book=made.book, year=2024)
    other = FiscalYear.objects.create(book=made.book, year=1999)
    ledger.posting(made.fund, source_key="first", posted_on=DAY)
    finance = _desk(Role.FINANCE)
    links = re.findall(r'href="([^"]+)">([^<]*\d[^<]*)<', finance.get(_step("change", year)).content.decode())
    led = {words: address for address, words in links if "counted=" in address}
    assert set(led) == {"未办结的发放批次 2 个", "未登记正式凭证的台账单 1 张"}
    for words, address in led.items():
        shown = finance.get(address)
        assert shown.context["cl"].result_count == int(words.split()[1]), words
        assert finance.get(address.replace(f":{year.pk}", f":{other.pk}")).context["cl"].result_count == 0
        assert finance.get(address.replace(f":{year.pk}", ":x")).status_code == 404
    # Whoever may not see the rows is led nowhere; every kind of matter has a list that can be narrowed to it.
    assert "counted=" not in _desk(Role.CONGRESS).get(_step("change", year)).content.decode()
    for matter in MATTERS:
        meta = matter.model._meta
        place = reverse(f"admin:{meta.app_label}_{meta.model_name}_changelist")
        assert _desk(Role.CHAIR).get(place, {"counted": f"{matter.key}:{year.pk}"}).status_code == 200, matter.key


def test_a_step_into_a_closed_year_is_refused_in_words() -> None:
    members.member()
    made = welfare.approved()
    year = FiscalYear.objects.create(book=made.book, year=2024)
    finance = _desk(Role.FINANCE)
    finance.post(_step("step_close", year))
    invoice = {"supplier": "某超市", "invoice_number": "1", "invoiced_on": "2024-01-15", "quantity": "1"}
    answer = finance.post(
        reverse("admin:welfare_round_step_buy", args=[made.pk]), invoice | {"amount": "490", "posted_on": "2024-02-01"}
    )
    assert answer.status_code == 422
    assert "已结账年度请在开启的年度内以“以前年度调整”更正" in answer.content.decode()
    assert not made.purchases.exists()


pytestmark = pytest.mark.django_db
