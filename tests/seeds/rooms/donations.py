"""Two drives of a year that collected money, and one that gave goods to a school."""

import datetime as dt
from decimal import Decimal

from tests.factories import donations, members
from tests.seeds.facts import Fact
from union_portal.base.periods import Period
from union_portal.base.steps import record
from welfare.donations.enums import DriveKind
from welfare.donations.models import Donation

DAY = dt.date(2023, 5, 10)
YEARS = Period(dt.date(2022, 1, 1), dt.date(2023, 12, 31))
DONORS = 30
APPEAL, CHARITY = Decimal(41215), Decimal(117228)
TITLES = ("“健康行动”公益募捐", "“慈善一日捐”", "六一“微心愿”")
FACTS = (
    Fact("001-55", "welfare.donations.appeal", "公益募捐4.12万元", YEARS, 1, DONORS, 1, f"{APPEAL}"),
    Fact("001-56", "welfare.donations.charity_day", "其中慈善一日捐11.72万元", YEARS, 1, times=1, amount="117228"),
    Fact(
        *("001-57", "welfare.donations", "组织捐款捐物3次（“健康行动”公益募捐、“慈善一日捐”、六一“微心愿”）"),
        *(YEARS, 3),
        times=3,
        items=TITLES,
    ),
)


def enter() -> None:
    """Enter what each of thirty people gave in one drive, each of thirty units in another, and a gift of goods."""
    kinds = (DriveKind.APPEAL, DriveKind.CHARITY_DAY, DriveKind.GOODS)
    appeal, charity, goods = (
        donations.drive(title=title, kind=kind, on=DAY + dt.timedelta(days=number))
        for number, (title, kind) in enumerate(zip(TITLES, kinds, strict=True))
    )
    for number in range(DONORS):
        last = number == DONORS - 1
        own = APPEAL - 1000 * (DONORS - 1) if last else Decimal(1000)
        record(Donation(drive=appeal, person=members.person(), given_on=appeal.opened_on, amount=own), actor=None)
        unit = CHARITY - 3000 * (DONORS - 1) if last else Decimal(3000)
        told = {"drive": charity, "donor": f"第{number}分工会", "given_on": charity.opened_on, "givers": 40}
        record(Donation(**told, amount=unit), actor=None)
    told = {"drive": goods, "donor": "校工会", "given_on": goods.opened_on, "goods": "运动服、书包、文具"}
    record(Donation(**told), actor=None)
