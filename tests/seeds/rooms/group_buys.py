"""Group buys and fairs: seven rounds of buying in half a year, three fairs in a year."""

import datetime as dt

from tests.seeds.facts import Fact
from union_portal.base.periods import Period
from union_portal.base.steps import record
from welfare.group_buys.enums import OfferKind
from welfare.group_buys.models import GroupBuy

HALF = Period(dt.date(2023, 7, 1), dt.date(2023, 12, 31))
YEAR = Period.year(2023)
FACTS = (
    Fact("004-23", "welfare.group_buys.group_buy", "组织团购7次", HALF, rows=7, times=7),
    Fact("004-87", "welfare.group_buys.fair", "（“致敬劳动者”惠民展销、“献礼教师节”展销）", YEAR, rows=2, times=2),
    Fact("004-87", "welfare.group_buys.delivery", "送购上门1次（年货送购上门）", YEAR, rows=1, times=1),
)


def enter() -> None:
    """Enter seven rounds of buying after the summer, two fairs and one delivery."""
    days = [dt.date(2023, 9 + week // 4, 1 + 7 * (week % 4)) for week in range(7)]
    for number, day in enumerate(days, start=1):
        _held(f"第{number}期团购", OfferKind.GROUP_BUY, day)
    for title, day in (("“致敬劳动者”惠民展销", dt.date(2023, 4, 28)), ("“献礼教师节”展销", dt.date(2023, 9, 8))):
        _held(title, OfferKind.FAIR, day)
    _held("年货送购上门", OfferKind.DELIVERY, dt.date(2023, 1, 8))


def _held(title: str, kind: OfferKind, day: dt.date) -> None:
    record(GroupBuy(title=title, kind=kind, held_on=day), actor=None)
