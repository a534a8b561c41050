"""Rounds: festivals of three years, birthdays and allowances month by month, veterans, a summer's front line."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.db import connection

from members.cohorts.models import Cohort, CohortKind
from members.memberships.enums import MembershipStart
from members.memberships.models import Membership
from members.people.models import Person
from tests.factories import rounds
from tests.seeds.facts import Fact
from union_portal.base.periods import Period
from union_portal.base.steps import record
from welfare.benefits.enums import Festival, Form
from welfare.benefits.models import Benefit, Occasion
from welfare.grants.enums import RoundState
from welfare.grants.models import Round
from welfare.rosters.services.selection import Selection
from welfare.rounds.services import approval, drafting, handing_out, payment, people, repeating, roster
from welfare.rounds.services.repeating import Every
from welfare.visits.models import Visit, VisitKind

LAST, THIS = Period.year(2022), Period.year(2023)
MEMBERS, JOINED, STAFF, BORN, WORKERS, VETERANS, DISABLED = 517, 25, 664, 548, 80, 592, 43
GROWN = MEMBERS + JOINED
# What each of the seven festivals of a year brought everybody, in yuan.
FESTIVALS = {
    Festival.NEW_YEAR: 2500,
    Festival.SPRING: 5000,
    Festival.QINGMING: 2000,
    Festival.LABOUR: 2500,
    Festival.DRAGON_BOAT: 2500,
    Festival.MID_AUTUMN: 3500,
    Festival.NATIONAL: 2500,
}
FACTS = (
    Fact("002-11", "welfare.festival.spring", "春节慰问：向517人发放慰问品", LAST, MEMBERS, MEMBERS),
    Fact("002-12", "welfare.summer", "暑期“送清凉”，惠及80人", LAST, WORKERS, WORKERS),
    Fact("002-13", "welfare.visits_to.frontline", "走访一线值守教职工1人次", LAST, 1, times=1),
    Fact("002-24", "welfare.festival.mid_autumn", "中秋节慰问：向542人发放慰问品", LAST, GROWN, GROWN),
    Fact("004-73", "welfare.birthday", "合计157.55万元", THIS, BORN, BORN, amount="1575500"),
    Fact("004-74", "welfare.festival", "合计1361.2万元", THIS, 7 * STAFF, STAFF, amount="13612000"),
    Fact("004-74", "welfare.festivals_held", "全年在7个节日慰问", THIS, 7, times=7),
    Fact(
        "004-75",
        "welfare.veterans",
        "慰问退役军人和军属592人，合计17.76万元",
        THIS,
        VETERANS,
        VETERANS,
        amount="177600",
    ),
    Fact("004-76", "welfare.disability", "（共12次），合计18.06万元", THIS, 12 * DISABLED, DISABLED, amount="180600"),
    Fact("004-76", "welfare.rounds.disability", "（共12次）", THIS, 12, times=12, amount="180600"),
)


def enter() -> None:
    """Let a school grow, and hand out what its years bring."""
    first, later = dt.date(2015, 3, 1), dt.date(2022, 5, 1)
    school = _join(MEMBERS, first, workers=WORKERS) + _join(JOINED, later)
    _hand_out("spring", _festival(Festival.SPRING, 2022), dt.date(2022, 1, 20), 300)
    frontline = Selection(post_categories=("worker",))
    _hand_out("summer", _occasion("2022年暑期", 2022), dt.date(2022, 7, 20), 100, frontline)
    _hand_out("mid_autumn", _festival(Festival.MID_AUTUMN, 2022), dt.date(2022, 9, 1), 300)
    told = {"kind": VisitKind.objects.get(code="frontline"), "visited_on": dt.date(2022, 7, 20)}
    record(Visit(**told, whom="暑期坚守一线的教职工", gift="防暑用品"), actor=None)
    school += _join(STAFF - len(school), dt.date(2022, 12, 1))
    born = [one for place, one in enumerate(school) if place < BORN]
    for place, one in enumerate(born):
        one.birth_date = dt.date(1980, place % 12 + 1, 15)
    Person.objects.bulk_update(born, ["birth_date"], batch_size=2000)
    for festival, yuan in FESTIVALS.items():
        day = festival.day_in(2023) or dt.date(2023, 1, 1)
        _hand_out(str(festival), _festival(festival, 2023), day, yuan)
    for code, number in (("veteran", VETERANS), ("disabled", DISABLED)):
        kind = CohortKind.objects.get(code=code)
        Cohort.objects.bulk_create(Cohort(person=one, kind=kind, valid_from=first) for one in school[:number])
    veterans = Selection(cohorts=("veteran",))
    _hand_out("veterans", _occasion("2023年八一", 2023), dt.date(2023, 7, 28), 300, veterans)
    january = dt.date(2023, 1, 16)
    _month_by_month("birthday", _occasion("2023年生日", 2023), january, 2875, Selection(birth_months=(1,)))
    allowance = Selection(cohorts=("disabled",))
    _month_by_month("disability", _occasion("2023年1月", 2023, day=january.replace(day=1)), january, 350, allowance)


def _join(number: int, on: dt.date, *, workers: int = 0) -> list[Person]:
    start = Person.objects.count()
    made = Person.objects.bulk_create(
        Person(
            staff_number=f"S{start + place:05d}",
            name="教工",
            pinyin_key="jiao gong",
            post_category="worker" if place < workers else "",
        )
        for place in range(number)
    )
    Membership.objects.bulk_create(
        Membership(person=one, valid_from=on, began_by=MembershipStart.JOINED) for one in made
    )
    return made


def _analyze() -> None:
    """Tell the planner of what grew within the transaction: autovacuum sees it only afterwards."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE members_person, members_membership, members_cohort, welfare_grant")


def _occasion(name: str, year: int, **told: Any) -> Occasion:
    return Occasion.objects.get_or_create(name=name, defaults={"code": name, "year": year, **told})[0]


def _festival(festival: Festival, year: int) -> Occasion:
    return _occasion(f"{year}年{festival.label}", year, festival=festival, day=festival.day_in(year))


def _hand_out(code: str, occasion: Occasion, on: dt.date, yuan: int, selection: Selection | None = None) -> None:
    benefit = Benefit.objects.get(code=code)
    made = drafting.create(
        benefit=benefit,
        occasion=occasion,
        cut_off_on=on,
        fund=rounds.fund(),
        actor=rounds.officer(),
        selection=selection or Selection(),
    )
    _give(people.set_price(subject=made, unit_price=Decimal(yuan), handed_out_on=on, actor=rounds.officer()))


def _month_by_month(code: str, occasion: Occasion, on: dt.date, yuan: int, selection: Selection) -> None:
    """Hand out the first month's round, and those that follow it by the same step an officer takes."""
    _hand_out(code, occasion, on, yuan, selection)
    first = Round.objects.get(benefit__code=code)
    repeating.repeat(subject=first, every=Every.MONTH, times=11, actor=rounds.officer())
    for one in Round.objects.filter(benefit__code=code, state=RoundState.DRAFT).order_by("pk"):
        _give(one)


def _give(made: Round) -> None:
    _analyze()
    actor = rounds.officer()
    made = approval.submit(subject=roster.lock(subject=made, actor=actor), actor=actor)
    made = approval.approve(subject=made, actor=rounds.chair())
    on = made.handed_out_on or made.cut_off_on
    if made.benefit.form == Form.CASH:
        payment.post_roster(subject=made, on=on, actor=rounds.treasurer())
    else:
        handing_out.collect(subject=made, on=on, actor=actor)
