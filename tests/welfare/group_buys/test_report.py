"""Group buys are counted by kind from their rows."""

import datetime as dt

import pytest

from union_portal.base import figures
from union_portal.base.figures import FigureRequest
from union_portal.base.periods import Period
from union_portal.base.steps import record
from welfare.group_buys.enums import OfferKind
from welfare.group_buys.models import GroupBuy

pytestmark = pytest.mark.django_db


# What seeds 004-23 and 004-87 tell.
def test_facts_of_real_reports_are_counted_from_rows() -> None:
    for month in range(5, 12):
        told = {"title": f"{month}月团购", "kind": OfferKind.GROUP_BUY, "held_on": dt.date(2023, month, 3)}
        record(GroupBuy(**told), actor=None)
    for title in ("“致敬劳动者”惠民展销", "“献礼教师节”展销"):
        record(GroupBuy(title=title, kind=OfferKind.FAIR, held_on=dt.date(2023, 9, 8)), actor=None)
    record(GroupBuy(title="年货送购上门", kind=OfferKind.DELIVERY, held_on=dt.date(2023, 1, 8)), actor=None)
    keys = ("welfare.group_buys.group_buy", "welfare.group_buys.fair", "welfare.group_buys.delivery")
    counted = figures.count([FigureRequest(key, (key,), Period.year(2023)) for key in keys])
    assert [one.times for one in counted] == [7, 2, 1]
