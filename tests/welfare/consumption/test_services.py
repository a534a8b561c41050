"""Consumption assistance: every test of a target must hold, and the shortfall is said."""

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
from union_portal.base.figures import FigureRequest
from union_portal.base.periods import Period
from union_portal.base.steps import record
from welfare.consumption.models import AssistanceTarget
from welfare.consumption.services import conditions_of, reached, shortfall
from welfare.procurement.enums import Channel
from welfare.procurement.models import AidRegion, Procurement


def buy(amount: int, *, year: int = 2025, **told: Any) -> Procurement:
    given = {"channel": Channel.PLATFORM, "farm": True, **told}
    number = Procurement.objects.count()
    one = Procurement(title=f"农产品{number}", item="农产品", supplier="甲", decided_on=dt.date(year, 5, 1), **given)
    one.amount = Decimal(amount)
    return record(one, actor=None)


def target(**told: Any) -> AssistanceTarget:
    given = {"title": "832平台", "year": 2025, "channel": Channel.PLATFORM, **told}
    return record(AssistanceTarget(**given), actor=None)


# W10.
def test_the_worked_example() -> None:
    buy(75_000, year=2024)
    buy(78_000)
    buy(322_000, channel="")
    one = target(share=20, per_head=500, heads=160, not_below_last=True)
    told = [(test.asked, test.lacking) for test in conditions_of(one)]
    assert told == [(Decimal(80_000), Decimal(2000)), (Decimal(80_000), Decimal(2000)), (Decimal(75_000), Decimal(0))]
    assert shortfall(one) == Decimal(2000)
    one.base = Decimal(400_000)  # as the example tells it; otherwise what is bought raises the base too
    buy(1500)
    assert shortfall(one) == Decimal(500)
    buy(600)
    assert (shortfall(one), reached(one)) == (Decimal(0), Decimal(80_100))


def test_a_fixed_target_of_a_region_counts_its_own_purchases() -> None:
    region = AidRegion.objects.create(code="ck", name="城口")
    one = target(title="城口县定点帮扶", channel="", region=region, fixed=200_000)
    buy(303_380, region=region, channel=Channel.DIRECT)
    buy(999, channel=Channel.DIRECT)
    assert (reached(one), shortfall(one)) == (Decimal(303_380), Decimal(0))


def test_a_target_asks_for_something_and_for_heads_where_it_counts_by_head() -> None:
    with pytest.raises(DomainError, match="至少填写一项条件"):
        target()
    with pytest.raises(DomainError, match="请填写人数"):
        target(per_head=500)


# What seed 004-53 tells.
def test_completed_plans_are_counted_and_the_page_says_how_far_a_target_is(client: Client) -> None:
    for title in ("定点帮扶城口县工作计划", "定点帮扶昌宁县工作计划"):
        one = target(title=title, fixed=100, completed_on=dt.date(2025, 12, 20))
    target(title="未完成", fixed=100)
    asked = FigureRequest("plans", ("welfare.assistance_plans",), Period.year(2025))
    assert figures.count([asked])[0].times == 2
    client.force_login(members.account_with_role(Role.WELFARE))
    page = client.get(reverse("admin:welfare_assistancetarget_change", args=[one.pk])).content.decode()
    assert "固定金额：应 100.00 元，差 100.00 元" in page


pytestmark = pytest.mark.django_db
