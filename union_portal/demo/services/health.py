"""Health checks and 疗休养 of the demo college: one of each a year, attended, insured and closed."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.utils import timezone

from union_portal.base.steps import record, take
from union_portal.demo.services.clock import Diary, Process
from union_portal.demo.services.register import World
from welfare.books.models import Fund, LedgerAccount
from welfare.health_checks.models import CheckDay, CheckHospital, CheckPackage, HealthCheck
from welfare.health_checks.services import booking, refunding
from welfare.recuperation.enums import ApplicationState, Criterion, Frequency, Scope
from welfare.recuperation.models import RecuperationBatch, RecuperationRule, SelectionCriterion
from welfare.recuperation.services import batches

BANDS: tuple[tuple[str, int, int | None, int], ...] = (
    ("35岁及以下", 0, 35, 800),
    ("36至45岁", 36, 45, 1000),
    ("46岁以上", 46, None, 1350),
)
CHECKED, STAYED_AWAY, WENT, OUTSIDE = 40, 3, 10, 4
# 其他活动支出
ACCOUNT = "50104"


def plan_health(world: World, diary: Diary) -> None:
    """Put a check and a batch of 疗休养 of each year into the diary."""
    for number, year in enumerate(world.years):
        diary.add(dt.date(year, 9, 21), _check(world, year))
        diary.add(dt.date(year, 8, 20), _batch(world, year, number))


def _check(world: World, year: int) -> Process:
    officer = world.user("welfare")
    told = {"name": f"{year}年教职工体检", "year": year, "roster_on": dt.date(year, 4, 30)}
    span = {"starts_on": dt.date(year, 5, 20), "ends_on": dt.date(year, 9, 20)}
    made = take(subject=record(HealthCheck(**told, **span), actor=officer), action="open", actor=officer)
    contract = {"name": "星湖市第一医院", "contract": f"体检〔{year}〕1号", "contracted_on": dt.date(year, 4, 12)}
    hospital = record(CheckHospital(health_check=made, **contract), actor=officer)
    for name, first, last, cap in BANDS:
        band = {"name": name, "age_from": first, "age_to": last, "cap": Decimal(cap)}
        record(CheckPackage(health_check=made, **band), actor=officer)
    day = record(CheckDay(hospital=hospital, on=dt.date(year, 6, 3), places=CHECKED), actor=officer)
    for number, person in enumerate(world.settled()[:CHECKED]):
        booked = booking.book(health_check=made, person=person, day=day, actor=officer)
        if number < STAYED_AWAY:
            take(subject=booked, action="miss", actor=officer, why="因公出差")
        else:
            take(subject=booked, action="attend", actor=officer, attended_on=day.on)
    for number, person in enumerate(world.settled()[CHECKED:][:OUTSIDE]):
        booked = booking.book(health_check=made, person=person, actor=officer)
        take(subject=booked, action="attend", actor=officer, attended_on=dt.date(year, 6, 10 + number))
        if not refunding.not_refunded(booked):
            refunding.refund(
                subject=booked,
                invoice_number=f"{year}0061{number}",
                invoice_amount=Decimal(980 + 45 * number),
                refunded_on=dt.date(year, 9, 12),
                actor=officer,
            )
    take(subject=made, action="close", actor=officer)
    yield dt.date(year, 9, 25)
    if refunding.dues(made).waiting().exists():
        refunding.post_refunds(health_check=made, **_posted(world, "WELFARE"))


def _posted(world: World, fund: str) -> dict[str, Any]:
    """Return what finance fills in to post today."""
    account = LedgerAccount.objects.get(code=ACCOUNT)
    told = {"fund": Fund.objects.get(code=fund), "account": account, "posted_on": timezone.localdate()}
    return {**told, "actor": world.user("finance")}


def _batch(world: World, year: int, number: int) -> Process:
    officer, rule = world.user("welfare"), RecuperationRule.objects.first() or _rule(world)
    start = dt.date(year, 7, 18)
    told: dict[str, Any] = {
        "name": f"{year}年第1期（青山疗养院）",
        "rule": rule,
        "places": WENT,
        "price": Decimal(2800),
    }
    made = RecuperationBatch(**told, starts_on=start, ends_on=start + dt.timedelta(days=4))
    made = take(subject=record(made, actor=officer), action="open", actor=officer)
    for person in world.settled()[50 + number * WENT :][:WENT]:
        batches.apply(batch=made, person=person, actor=officer)
    batches.choose(subject=made, actor=officer)
    for one in made.applications.filter(state=ApplicationState.CHOSEN):
        take(subject=one, action="insure", actor=officer, policy=f"意外险{year}-1")
    made.refresh_from_db()
    batches.close(subject=made, actor=officer)
    yield dt.date(year, 9, 10)
    if batches.dues(made).waiting().exists():
        batches.post_shares(batch=made, **_posted(world, "UNION"))


def _rule(world: World) -> RecuperationRule:
    told: dict[str, Any] = {"name": "本校疗休养标准", "scope": Scope.WITHIN, "source": "校工会办法第十五条"}
    told |= {"days_max": 5, "day_cap": Decimal(600), "year_cap": Decimal(3000)}
    told |= {"frequency": Frequency.ROLLING, "years": 3, "valid_from": dt.date(world.anchor - 3, 1, 1)}
    made = record(RecuperationRule(**told), actor=None)
    record(SelectionCriterion(rule=made, position=1, kind=Criterion.NEVER), actor=None)
    return made
