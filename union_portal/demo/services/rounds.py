"""The rounds of the years: from the locked roster to the closed round, step by step on their days."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from members.people.enums import PersonKind
from union_portal.demo.services import college
from union_portal.demo.services.clock import Diary, Process
from union_portal.demo.services.register import World
from welfare.benefits.enums import Festival, Form
from welfare.benefits.models import Benefit, Occasion
from welfare.books.models import Fund
from welfare.grants.enums import GrantState
from welfare.grants.models import Grant, Round
from welfare.grants.services.warnings import answer, confirm
from welfare.purchases import services as purchases
from welfare.rosters.services.selection import Selection
from welfare.rounds.services import approval, drafting, handing_out, payment, people, reconciling, roster

DAY = dt.timedelta(days=1)
SPARE = 6
NAMES = {
    Festival.SPRING: "春节",
    Festival.DRAGON_BOAT: "端午节",
    Festival.MID_AUTUMN: "中秋节",
    Festival.NATIONAL: "国庆节",
}
# Rounds of the running year that would begin so shortly before today are left to the desk.
FRESH = 14


@dataclass(frozen=True)
class Plan:
    """One round to be: what for, for whom, at which price, handed out when; the other steps follow from that day."""

    benefit: str
    occasion: str
    name: str
    handed_out_on: dt.date
    price: int
    selection: Selection = field(default_factory=Selection)
    goods: str = ""
    festival: str = ""
    answers: str = ""
    returned: int = 0
    supplement: bool = False
    left: int = 0

    @property
    def begins_on(self) -> dt.date:
        """The day the roster is locked."""
        return self.handed_out_on - 12 * DAY


def plans_of(world: World, year: int) -> Iterable[Plan]:
    """Return the year's rounds."""
    for number, (festival, benefit, price, goods) in enumerate(college.FESTIVALS):
        day = college.festival_day(year, festival)
        yield Plan(
            benefit=benefit,
            occasion=f"{year}-{festival}",
            name=f"{year}年{NAMES[festival]}",
            handed_out_on=day - (10 + number) * DAY,
            price=price,
            goods=goods,
            festival=festival,
            supplement=festival == Festival.MID_AUTUMN and year == world.anchor - 1,
            left=2 if festival == Festival.SPRING else 0,
        )
    for quarter in range(4):
        if (year, quarter) != (world.anchor, running_quarter(world)):
            yield birthday(year, quarter)
    frontline = Selection(non_members=True, kinds=(PersonKind.STAFF,), post_categories=("worker",))
    yield Plan("summer", f"{year}-summer", f"{year}年夏送清凉", dt.date(year, 7, 16), 120, frontline, "防暑降温用品")
    women = Selection(gender="female")
    yield Plan("women", f"{year}-women", f"{year}年三八妇女节", dt.date(year, 3, 6), 100, women, "洗护用品", "women")
    pensioners = Selection(membership=("retained",), non_members=True, kinds=(PersonKind.RETIREE,))
    ninth = dt.date(year, 10, 18)
    yield Plan(
        "retiree_visit", f"{year}-double_ninth", f"{year}年重阳节", ninth, 200, pensioners, "米、油", "double_ninth"
    )
    groups = Selection(cohorts=("model_worker", "craftsman", "hardship", "disabled", "single_parent"))
    yield Plan(
        "special_group", f"{year}-visits", f"{year}年冬送温暖走访", dt.date(year, 1, 15), 1000, groups, returned=2
    )
    veterans = Selection(cohorts=("veteran", "military_family"))
    yield Plan("veterans", f"{year}-veterans", f"{year}年八一建军节", dt.date(year, 7, 29), 200, veterans, "毛巾被")
    if year == world.anchor - 2:
        yield Plan(
            "festival_money",
            f"{year}-jubilee",
            f"{year}年建校纪念日",
            dt.date(year, 11, 18),
            100,
            answers="供货商未能按期交付，经工会委员会研究改发慰问金",
            returned=3,
        )


def running_quarter(world: World) -> int:
    """Return today's quarter, 0 to 3; its birthdays are left to the desk."""
    return (world.today.month - 1) // 3


def birthday(year: int, quarter: int) -> Plan:
    """Return the quarter's birthday round."""
    months = tuple(range(quarter * 3 + 1, quarter * 3 + 4))
    name = f"{year}年第{'一二三四'[quarter]}季度生日"
    day = dt.date(year, months[0], 26)
    return Plan("birthday", f"{year}-birthday-{quarter + 1}", name, day, 300, Selection(birth_months=months))


def plan_rounds(world: World, diary: Diary) -> None:
    """Put the rounds of all years into the diary; the newest stay with the desk."""
    for year in world.years:
        for plan in plans_of(world, year):
            if plan.begins_on <= world.today - FRESH * DAY:
                diary.add(plan.begins_on, run(world, plan))


def open_round(world: World, plan: Plan, *, cut_off_on: dt.date) -> Round:
    """Make the draft of a planned round, with its occasion."""
    occasion, _made = Occasion.objects.get_or_create(
        code=plan.occasion,
        defaults={
            "name": plan.name,
            "year": plan.handed_out_on.year,
            "festival": plan.festival,
            "day": plan.handed_out_on,
        },
    )
    benefit = Benefit.objects.get(code=plan.benefit)
    return drafting.create(
        benefit=benefit,
        occasion=occasion,
        cut_off_on=cut_off_on,
        # The union's own fund does not pay for pensioners.
        fund=Fund.objects.get(code="SUBSIDY" if plan.benefit == "retiree_visit" else "UNION"),
        actor=world.user("welfare"),
        selection=plan.selection,
        name=f"{plan.name}{benefit.name}" if benefit.name[:2] not in plan.name else plan.name,
        goods=plan.goods,
    )


def priced(world: World, made: Round, price: int, *, handed_out_on: dt.date) -> Round:
    """Lock the round's roster and fix its price."""
    officer = world.user("welfare")
    made = roster.lock(subject=made, actor=officer)
    return people.set_price(subject=made, unit_price=Decimal(price), actor=officer, handed_out_on=handed_out_on)


def run(world: World, plan: Plan) -> Process:
    """Live through a round."""
    officer = world.user("welfare")
    day = plan.handed_out_on
    made = roster.lock(subject=open_round(world, plan, cut_off_on=plan.begins_on), actor=officer)
    yield day - 9 * DAY
    made = people.set_price(subject=made, unit_price=Decimal(plan.price), actor=officer, handed_out_on=day)
    made = _submit(world, made, plan.answers)
    yield day - 7 * DAY
    approver = world.user("chair" if made.grants.filter(state=GrantState.LISTED).count() >= 10 else "vice_chair")
    made = approval.approve(subject=made, actor=approver)
    yield from _deliver(world, made, plan)
    yield day + 25 * DAY
    reason = f"{plan.left}人离校未领；余量转入下一批次" if plan.left else "余量转入下一批次"
    if plan.returned:
        reason = "银行退票，待本人更正账户后补发"
    adds_up = made.benefit.form in {Form.CASH, Form.COUPON} and not plan.returned
    reconciling.close(subject=made, actor=officer, explanation="" if adds_up else reason)


def _submit(world: World, made: Round, reason: str) -> Round:
    """Send a round to approval; what the rules object to is answered first."""
    try:
        return approval.submit(subject=made, actor=world.user("welfare"))
    except approval.WarningsWaiting:
        for warning in made.warnings.all():
            answered = answer(
                warning=warning,
                reason=reason or "经工会委员会研究同意",
                document=f"星院工委纪要〔{made.cut_off_on.year}〕6号",
                actor=world.user("welfare"),
            )
            confirm(warning=answered, actor=world.user("vice_chair"))
    return approval.submit(subject=made, actor=world.user("welfare"))


def _deliver(world: World, made: Round, plan: Plan) -> Process:
    officer, day = world.user("welfare"), plan.handed_out_on
    if made.benefit.form == Form.CASH:
        yield day
        payment.post_roster(subject=made, on=day, actor=world.user("finance"))
        yield from _bounced(world, made, plan)
        return
    if made.benefit.form == Form.COUPON:
        yield day - 2 * DAY
        payment.post_roster(subject=made, on=day - 2 * DAY, actor=world.user("finance"))
    else:
        yield day - 3 * DAY
        _invoice(world, made, plan, on=day - 3 * DAY, spare=SPARE)
    yield day
    due = list(made.grants.filter(state=GrantState.DUE).order_by("pk").values_list("pk", flat=True))
    late = due[:: max(len(due) // 9, 1)][:8]
    handing_out.collect(subject=made, on=day, actor=officer, grants=[pk for pk in due if pk not in set(late)])
    yield day + 6 * DAY
    behalf = world.officers["branch_chair"]
    handing_out.collect(subject=made, on=day + 6 * DAY, actor=officer, grants=late[plan.left :], received_by=behalf)
    if plan.supplement:
        yield day + 9 * DAY
        yield from _supplement(world, made, plan)


def _invoice(world: World, made: Round, plan: Plan, *, on: dt.date, spare: int = 0) -> None:
    quantity = made.grants.filter(state=GrantState.DUE).count() + spare
    purchases.buy(
        subject=made,
        supplier=college.SUPPLIERS[made.pk % len(college.SUPPLIERS)],
        invoice_number=f"{on:%Y%m%d}{made.pk:06d}",
        invoiced_on=on,
        quantity=quantity,
        amount=Decimal(plan.price) * quantity,
        posted_on=on,
        actor=world.user("finance"),
        goods=plan.goods,
    )


def _bounced(world: World, made: Round, plan: Plan) -> Process:
    """Let some payments come back; all but the last are paid again."""
    day = plan.handed_out_on
    grants = list(Grant.objects.filter(round=made, state=GrantState.RECEIVED).order_by("pk")[: plan.returned])
    yield day + 3 * DAY
    for grant in grants:
        payment.return_payment(
            subject=grant, on=day + 3 * DAY, why="银行退票：账户状态异常", actor=world.user("finance")
        )
    yield day + 10 * DAY
    for grant in grants[:-1]:
        payment.pay_again(subject=grant, on=day + 10 * DAY, actor=world.user("finance"))


def _supplement(world: World, parent: Round, plan: Plan) -> Process:
    """补发: newcomers who were not on the roster yet."""
    officer, day = world.user("welfare"), plan.handed_out_on + 16 * DAY
    made = drafting.supplement(
        subject=parent, cut_off_on=day - 6 * DAY, actor=officer, selection=plan.selection, name=f"{plan.name}补发"
    )
    made = _submit(world, priced(world, made, plan.price, handed_out_on=day), "")
    yield day - 5 * DAY
    made = approval.approve(subject=made, actor=world.user("chair"))
    yield day
    _invoice(world, made, plan, on=day)
    handing_out.collect(subject=made, on=day, actor=officer)
    reconciling.close(subject=made, actor=officer)
