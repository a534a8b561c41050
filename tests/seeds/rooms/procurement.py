"""Purchases: one from a single source, and what was bought on the platform in six years."""

import datetime as dt
from decimal import Decimal

from tests.seeds.facts import Fact
from union_portal.base.periods import Period
from union_portal.base.steps import record
from welfare.procurement.enums import Channel, Method
from welfare.procurement.models import Procurement

TERM = Period(dt.date(2019, 1, 1), dt.date(2024, 12, 31))
FACTS = (
    Fact("002-30", "welfare.procurements.single", "单一来源采购1笔", Period.year(2022), 1, times=1),
    Fact("003-28", "welfare.assistance.platform", "通过832平台采购49.2万元", TERM, 2, times=2, amount="492000"),
)


def enter() -> None:
    """Enter the purchases as a list of earlier years brings them."""
    told = {"supplier": "体检中心", "decided_on": dt.date(2022, 3, 4), "amount": Decimal(300_000)}
    record(Procurement(title="体检服务", item="服务", method=Method.SINGLE, **told), actor=None)
    for year, amount in ((2020, 292_000), (2023, 200_000)):
        told = {"supplier": "合作社", "decided_on": dt.date(year, 11, 3), "amount": Decimal(amount)}
        told |= {"channel": Channel.PLATFORM, "farm": True}
        record(Procurement(title=f"{year}年特色农产品", item="农产品", **told), actor=None)
