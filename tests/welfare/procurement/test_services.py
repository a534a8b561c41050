"""Purchases: what a threshold asks for, what looks split, an invoice taken once, facts of real reports from rows."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import members
from union_portal.accounts.enums import Role
from union_portal.base import figures
from union_portal.base.errors import DomainError
from union_portal.base.figures import Figure, FigureRequest
from union_portal.base.periods import Period
from union_portal.base.steps import record
from welfare.procurement import services
from welfare.procurement.enums import Channel, Method
from welfare.procurement.models import AidRegion, Invoice, Procurement, ProcurementThreshold, Quote

DAY = dt.date(2023, 6, 10)


def bought(amount: int | str, *, title: str = "端午粽子", on: dt.date = DAY, **told: Any) -> Procurement:
    given = {"item": "食品", "supplier": "甲商店", **told}
    return record(Procurement(title=title, amount=Decimal(amount), decided_on=on, **given), actor=None)


@pytest.fixture
def thresholds() -> None:
    """The example of one university: 30,000, 100,000 and 200,000 yuan."""
    whole = {"source": "某校工会采购办法", "valid_from": dt.date(2023, 1, 1), "valid_to": dt.date(2023, 12, 31)}
    for told in (
        {"amount_from": 0},
        {"amount_from": 30_000, "contract": True},
        {
            "amount_from": 100_000,
            "method": Method.QUOTES,
            "quotes": 3,
            "decision": True,
            "report": True,
            "contract": True,
        },
        {"amount_from": 200_000, "method": Method.SCHOOL, "contract": True},
    ):
        record(ProcurementThreshold(**whole, **told), actor=None)


# W13.
@pytest.mark.usefixtures("thresholds")
@pytest.mark.parametrize(
    ("amount", "asked"),
    [
        ("29999.99", []),
        ("30000", ["合同"]),
        ("99999.99", ["合同"]),
        ("100000", ["采购方式应为三方比价", "报价不足 3 份", "集体决定", "评选报告", "合同"]),
        ("199999.99", ["采购方式应为三方比价", "报价不足 3 份", "集体决定", "评选报告", "合同"]),
        ("200000", ["采购方式应为学校统一采购", "合同"]),
    ],
)
def test_a_threshold_asks_from_its_amount_on(amount: str, asked: list[str]) -> None:
    assert services.missing(bought(amount)) == asked


@pytest.mark.usefixtures("thresholds")
def test_what_is_there_is_not_missed_and_a_threshold_holds_in_its_own_days() -> None:
    one = bought("150000", method=Method.QUOTES, decision="工会委员会 6 月 1 日", report="评选报告", contract="HT-1")
    for number in range(3):
        assert services.missing(one) == ["报价不足 3 份"]
        record(Quote(procurement=one, supplier=f"{number}号商店", quoted_on=DAY, amount=150_000 + number), actor=None)
    assert services.missing(one) == []
    assert services.missing(bought("150000", on=dt.date(2022, 6, 10))) == []


@pytest.mark.usefixtures("thresholds")
def test_two_purchases_of_a_kind_near_to_each_other_look_split() -> None:
    first = bought(18_000)
    assert services.hint(first) == ""
    second = bought(15_000, title="端午咸蛋", on=DAY + dt.timedelta(days=30))
    assert services.hint(second) == "可能拆分：2 笔合计 33,000.00 元"
    assert services.split_with(first) == [second]
    others = (
        {"title": "三十一天后", "on": DAY + dt.timedelta(days=31)},
        {"supplier": "乙商店"},
        {"item": "文具", "title": "笔"},
    )
    for told in others:
        assert first not in services.split_with(bought(15_000, **told))


def test_an_invoice_is_taken_once_and_the_refusal_names_the_first() -> None:
    first, second = bought(100), bought(200, title="另一项")
    told = {"code": "3200", "number": "57001", "issued_on": DAY, "amount": Decimal(100)}
    record(Invoice(procurement=first, **told), actor=None)
    with pytest.raises(DomainError, match=r"该发票已登记：端午粽子，2023-06-10，100\.00 元"):
        record(Invoice(procurement=second, **told), actor=None)
    record(Invoice(procurement=second, **{**told, "code": "3201"}), actor=None)


def counted(key: str) -> Figure:
    return figures.count([FigureRequest(key, (key,), Period.year(2023))])[0]


# What seeds 002-30, 003-28 and 004-54 to 57 tell.
def test_facts_of_real_reports_are_counted_from_rows() -> None:
    one, other = (AidRegion.objects.create(code=code, name=name) for code, name in (("ck", "城口"), ("cn", "昌宁")))
    bought("300000", title="体检服务", method=Method.SINGLE)
    direct: dict[str, Any] = {"channel": Channel.DIRECT, "farm": True}
    bought("152720", title="跑山鸡", region=one, **direct)
    bought("150660", title="干洋芋、花菇", on=dt.date(2023, 11, 5), region=one, **direct)
    bought("1578300", title="黑花生、核桃油", on=dt.date(2023, 10, 8), region=other, **direct)
    bought("492000", title="特色农产品", channel=Channel.PLATFORM, farm=True)
    assert counted("welfare.procurements.single").times == 1
    assert counted("welfare.assistance_of.ck").amount == Decimal(303380)
    assert counted("welfare.assistance_of.cn").amount == Decimal(1578300)
    assert counted("welfare.assistance.platform").amount == Decimal(492000)
    assert (counted("welfare.assistance").times, counted("welfare.procurements").times) == (4, 5)


@pytest.mark.usefixtures("thresholds")
def test_the_page_says_what_is_missing(client: Client) -> None:
    one = bought("200000")
    client.force_login(members.account_with_role(Role.WELFARE))
    assert (
        "采购方式应为学校统一采购"
        in client.get(reverse("admin:welfare_procurement_change", args=[one.pk])).content.decode()
    )


pytestmark = pytest.mark.django_db
