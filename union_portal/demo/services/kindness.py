"""Services and donation drives of the demo college: a few a year, with the money's use decided by two."""

import datetime as dt
from decimal import Decimal
from typing import Any

from members.cohorts.models import Cohort
from union_portal.base.steps import record, saved
from union_portal.demo.services.clock import Diary, Process
from union_portal.demo.services.register import World
from welfare.benefits.models import Occasion
from welfare.books.models import Fund, LedgerAccount
from welfare.consumption.models import AssistanceTarget
from welfare.donations.enums import DriveKind
from welfare.donations.models import Donation, DonationDrive, DonationReceipt, DonationUse
from welfare.grants.models import Grant
from welfare.group_buys.enums import OfferKind
from welfare.group_buys.models import GroupBuy
from welfare.payments import services as payments
from welfare.procurement import services as purchases
from welfare.procurement.enums import Channel, ProcurementState
from welfare.procurement.models import AidRegion, GoodsMove, Invoice, Procurement, ProcurementThreshold, Quote
from welfare.service_records.enums import Stage
from welfare.service_records.models import ServiceKind, ServiceRecord
from welfare.visits.models import Visit, VisitKind

# month and day, kind, title, people reached
EVENTS = (
    ((3, 20), "lecture", "教职工子女家庭教育讲座", 60),
    ((5, 16), "consultation", "教职工子女升学政策咨询会", 85),
    ((6, 25), "consultation", "高考志愿填报咨询会", 42),
    ((10, 17), "counselling", "心理减压团体辅导", 24),
)


def plan_kindness(world: World, diary: Diary) -> None:
    """Put what the school asks of purchases, and the services and a drive of each year, into the diary."""
    diary.add(dt.date(min(world.years), 1, 2), _threshold(dt.date(min(world.years), 1, 1)))
    for year in world.years:
        for (month, day), kind, title, served in EVENTS:
            diary.add(dt.date(year, month, day), _event(kind, title, dt.date(year, month, day), served))
        diary.add(dt.date(year, 7, 5), _schooling(world, dt.date(year, 7, 5)))
        diary.add(dt.date(year, 1, 18), _winter_visits(world, dt.date(year, 1, 18)))
        diary.add(dt.date(year, 9, 8), _visits_of_teachers(world, dt.date(year, 9, 8)))
        diary.add(dt.date(year, 10, 20), _purchases(world, dt.date(year, 10, 20)))
        diary.add(dt.date(year, 9, 5), _drive(world, dt.date(year, 9, 5)))


def _purchases(world: World, day: dt.date) -> Process:
    """Buy for a region from request to stock, offer a group buy, and keep the year's target."""
    region, _made = AidRegion.objects.get_or_create(code="qingshan", name="青山乡")
    fund, account = Fund.objects.get(code="UNION"), LedgerAccount.objects.get(code="50104")
    officer, finance = world.user("welfare"), world.user("finance")
    told: dict[str, Any] = {"item": "农产品", "spec": "5 千克装", "supplier": "青山合作社", "decided_on": day}
    told |= {"quantity": 400, "amount": Decimal(26_000), "farm": True, "channel": Channel.DIRECT, "region": region}
    told |= {"fund": fund, "account": account, "state": ProcurementState.ASKED, "asked_by": officer}
    made = record(Procurement(title=f"{day.year}年帮扶地区大米", **told), actor=officer)
    for supplier, amount in (("青山合作社", 26_000), ("江城粮行", 27_200), ("惠民超市", 27_900)):
        record(Quote(procurement=made, supplier=supplier, quoted_on=day, amount=amount), actor=officer)
    purchases.approve(subject=made, actor=world.user("chair"))
    target: dict[str, Any] = {"title": "青山乡定点帮扶", "year": day.year, "region": region, "fixed": Decimal(25_000)}
    record(AssistanceTarget(**target, completed_on=day), actor=officer)
    offer: dict[str, Any] = {"title": "敬老节惠民展销", "kind": OfferKind.FAIR, "held_on": day, "buyers": 130}
    record(GroupBuy(**offer), actor=officer)
    day += dt.timedelta(days=10)
    yield day
    made = purchases.accept(subject=made, actor=officer, accepted_on=day, accepted_by="仓库管理员", quantity=400)
    for whom, quantity in (("退休职工走访", 260), ("秋季运动会志愿者", 90)):
        record(GoodsMove(procurement=made, moved_on=day, quantity=quantity, whom=whom), actor=officer)
    number = f"{day:%Y%m%d}0032"
    invoice = Invoice(procurement=made, number=number, issued_on=day, amount=made.amount, asked_by=officer)
    record(invoice, actor=officer)
    payments.approve(subject=invoice, actor=finance, account=account, posted_on=day)


def _threshold(first: dt.date) -> Process:
    told: dict[str, Any] = {"amount_from": Decimal(20_000), "quotes": 3, "source": "《工会采购管理办法》第六条"}
    record(ProcurementThreshold(**told, valid_from=first), actor=None)
    yield from ()


def _event(kind: str, title: str, day: dt.date, served: int) -> Process:
    found = ServiceKind.objects.get(code=kind)
    record(ServiceRecord(kind=found, title=title, held_on=day, served=served), actor=None)
    yield from ()


def _winter_visits(world: World, day: dt.date) -> Process:
    """Take the winter's grants to some at home; a branch goes to see somebody who is ill, with fruit alone."""
    kinds = {kind.code: kind for kind in VisitKind.objects.all()}
    # The round is handed out by then, with what it says of everybody.
    yield (told_on := day + dt.timedelta(days=14))
    grants = Grant.objects.given().filter(benefit__code="special_group", granted_on__year=day.year, visit=None)
    grants = grants.filter(person__in=Cohort.objects.people(["model_worker"], on=told_on)).order_by("pk")
    for grant in grants[:4]:
        told = {"occasion": grant.occasion, "visitors": "校领导、工会主席", "place": "家中"}
        record(Visit(kind=kinds["model_worker"], grant=grant, visited_on=day, **told), actor=world.user("welfare"))
    person, branch = world.random.choice(world.settled()), world.branches[0]
    told = {"branch": branch, "visitors": "分工会主席", "place": "附属医院", "gift": "水果"}
    record(Visit(kind=kinds["illness"], person=person, visited_on=day, **told), actor=None)


def _visits_of_teachers(world: World, day: dt.date) -> Process:
    """Go to see three teachers before their festival, with money that the chair approves."""
    officer, kind = world.user("welfare"), VisitKind.objects.get(code="famous_teacher")
    occasion = Occasion.objects.filter(year=day.year, festival="teachers").first()
    asked: dict[str, Any] = {"kind": kind, "visited_on": day, "occasion": occasion, "asked_by": officer}
    asked |= {"visitors": "工会主席、生活福利委员", "place": "学院", "amount": Decimal(500)}
    made = [record(Visit(person=one, **asked), actor=officer) for one in world.random.sample(world.settled(), 3)]
    yield day + dt.timedelta(days=4)
    fund, account = Fund.objects.get(code="UNION"), LedgerAccount.objects.get(code="50205")
    for visit in made:
        on = day + dt.timedelta(days=4)
        payments.approve(subject=visit, actor=world.user("chair"), fund=fund, account=account, posted_on=on)


def _schooling(world: World, day: dt.date) -> Process:
    kind = ServiceKind.objects.get(code="child_schooling")
    for place, person in enumerate(world.random.sample(world.settled(), 9)):
        stage = (Stage.MIDDLE, Stage.HIGH, Stage.PRIMARY)[place % 3]
        made = ServiceRecord(kind=kind, title="子女入学协调", held_on=day, stage=stage, person=person)
        record(made, actor=world.user("welfare"))
    yield from ()


def _drive(world: World, day: dt.date) -> Process:
    """Collect on one day, close the drive, and give the money on in November."""
    fund, officer = Fund.objects.get(code="DONATION"), world.user("welfare")
    drive = record(
        DonationDrive(
            title=f"{day.year}年“慈善一日捐”",
            kind=DriveKind.CHARITY_DAY,
            opened_on=day,
            cause="资助乡村学校",
            document=f"工会〔{day.year}〕21号倡议书",
            fund=fund,
        ),
        actor=officer,
    )
    for place, person in enumerate(world.random.sample(world.settled(), 12)):
        amount = Decimal(world.random.choice((50, 100, 200)))
        told = Donation(drive=drive, person=person, donor=f"{person.name}（{person.staff_number}）", given_on=day)
        told.amount, told.unnamed = amount, place == 0
        record(told, actor=officer)
    closed_on = day + dt.timedelta(days=10)
    yield closed_on
    drive.closed_on = closed_on
    saved(drive)
    banked: dict[str, Any] = {"document": f"捐款汇总表 {closed_on:%Y%m%d}", "amount": drive.collected()}
    received = record(DonationReceipt(drive=drive, asked_by=officer, **banked), actor=officer)
    income = LedgerAccount.objects.get(code="408")
    payments.approve(subject=received, actor=world.user("chair"), account=income, posted_on=closed_on)
    yield dt.date(day.year, 11, 20)
    paid_on = dt.date(day.year, 11, 20)
    use = DonationUse(
        drive=drive,
        recipient="青山乡中心小学",
        purpose="购置图书",
        document="工会委员会会议纪要",
        amount=Decimal(500),
        asked_by=officer,
    )
    record(use, actor=officer)
    account = LedgerAccount.objects.get(code="508")
    payments.approve(subject=use, actor=world.user("chair"), account=account, posted_on=paid_on)
