"""Help for two counties: what was bought in each and in the parts of one, and by how much the plans were exceeded."""

import datetime as dt
from decimal import Decimal

from tests.seeds.facts import Fact
from union_portal.annual_report.outlines.models import OutlineParagraph, OutlineSection
from union_portal.base.periods import Period
from union_portal.base.steps import record
from welfare.consumption.models import AssistanceTarget
from welfare.procurement.enums import Channel
from welfare.procurement.models import AidRegion, Procurement

YEAR = Period.year(2023)
# A school names its own regions in a paragraph of its own.
OWN = (
    "从东县采购农产品{welfare.assistance_of.east:amount_wan}（一镇{welfare.assistance_of.east1:amount_wan}、"
    "二镇{welfare.assistance_of.east2:amount_wan}），从西县采购{welfare.assistance_of.west:amount_wan}。"
)
FACTS = (
    Fact("004-53", "welfare.assistance_plans", "完成消费帮扶计划2项（东县定点帮扶、西县定点帮扶）", YEAR, 2, times=2),
    Fact("004-54", "welfare.assistance_of.east1", "一镇15.27万元", YEAR, 2, times=2, amount="152720"),
    Fact("004-55", "welfare.assistance_of.east2", "二镇15.07万元", YEAR, 2, times=2, amount="150660"),
    Fact("004-56", "welfare.assistance_of.east", "从东县采购农产品30.34万元", YEAR, 4, times=4, amount="303380"),
    Fact("004-57", "welfare.assistance_of.west", "从西县采购157.83万元", YEAR, 3, times=3, amount="1578300"),
    Fact("004-85", "welfare.assistance_over", "超额14.8万元", YEAR, 2, amount="148000"),
)


def enter() -> None:
    """Enter seven purchases of three places, and the plans for both counties."""
    east, west = (AidRegion.objects.create(code=code, name=name) for code, name in (("east", "东县"), ("west", "西县")))
    first, second = (
        AidRegion.objects.create(code=f"east{number}", name=name, parent=east)
        for number, name in enumerate(("一镇", "二镇"), start=1)
    )
    for region, month, amount in (
        *((first, 6, 80_000), (first, 11, 72_720), (second, 6, 100_000), (second, 11, 50_660)),
        *((west, 10, 578_300), (west, 10, 500_000), (west, 10, 500_000)),
    ):
        _bought(region, dt.date(2023, month, 5), amount)
    for region, fixed in ((east, 283_380), (west, 1_450_300)):
        told = {"title": f"{region}定点帮扶", "region": region, "fixed": Decimal(fixed)}
        record(AssistanceTarget(year=2023, completed_on=dt.date(2023, 12, 1), **told), actor=None)
    section = OutlineSection.objects.get(
        chapter__outline__code="summary", paragraphs__text__contains="{welfare.assistance:"
    )
    OutlineParagraph.objects.create(section=section, position=99, text=OWN)


def _bought(region: AidRegion, on: dt.date, amount: int) -> None:
    number = Procurement.objects.count()
    told = {"supplier": "合作社", "decided_on": on, "amount": Decimal(amount), "channel": Channel.DIRECT, "farm": True}
    record(Procurement(title=f"农产品{number}", item="农产品", region=region, **told), actor=None)
