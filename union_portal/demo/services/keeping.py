"""Assets with their yearly count, and the dues that payroll keeps back, of the demo college."""

import datetime as dt
from decimal import Decimal

from members.dues.models import DuesLine, DuesRule
from members.dues.querysets import owing
from members.memberships.models import Membership
from union_portal.base.steps import record
from union_portal.demo.services.clock import Diary, Process
from union_portal.demo.services.register import World
from welfare.assets.enums import AssetKind, Found
from welfare.assets.models import Asset, AssetCount

# number, name, kind, years before the present one, yuan, place
ASSETS = (
    ("GH-001", "会议音响", AssetKind.OFFICE, 4, "12800.00", "教工之家"),
    ("GH-002", "乒乓球台", AssetKind.SPORTS, 4, "5600.00", "教工活动室"),
    ("GH-003", "笔记本电脑", AssetKind.OFFICE, 3, "6499.00", "工会办公室"),
    ("GH-004", "健身器材", AssetKind.SPORTS, 3, "23800.00", "教工活动室"),
    ("GH-005", "书柜和图书", AssetKind.BOOKS, 2, "8650.50", "职工书屋"),
)
_SHOWN = 40


def plan_keeping(world: World, diary: Diary) -> None:
    """Put the assets, their counts and the months of dues into the diary."""
    diary.add(dt.date(world.years[0], 1, 9), _bought(world))
    for year in world.years:
        diary.add(dt.date(year, 12, 10), _counted(world, year))
    for month in range(1, 13):
        diary.add(dt.date(world.anchor - 1, month, 20), _dues(world, dt.date(world.anchor - 1, month, 1)))


def _bought(world: World) -> Process:
    for number, name, kind, before, amount, place in ASSETS:
        day = dt.date(world.years[0] - before + 2, 3, 12)
        made = Asset(number=number, name=name, kind=kind, amount=Decimal(amount), place=place, acquired_on=day)
        record(made, actor=world.user("finance"))
    yield from ()


def _counted(world: World, year: int) -> Process:
    for one in Asset.objects.filter(disposed_on=None):
        damaged = one.number == "GH-003" and year == world.years[-1]
        told = {"found": Found.DAMAGED, "note": "无法开机，拟报废"} if damaged else {}
        record(AssetCount(asset=one, year=year, counted_on=dt.date(year, 12, 10), **told), actor=world.user("finance"))
    yield from ()


def _dues(world: World, month: dt.date) -> Process:
    """Keep the dues of some members for the month, as payroll told them; of one it forgot every third."""
    rule = DuesRule.objects.of(month)
    owed = Membership.objects.filter(owing(month=month, whole=rule.next_month)).order_by("person__staff_number")
    for place, person in enumerate(owed.values_list("person", flat=True)[:_SHOWN]):
        due = rule.due_of(Decimal(4200 + place * 137))
        came = Decimal(0) if place == 7 and month.month % 3 == 0 else due
        record(DuesLine(person_id=person, month=month, due=due, paid=came), actor=world.user("finance"))
    yield from ()
