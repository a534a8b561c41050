"""Mutual aid: who was covered by which plan, which plans are new, what was claimed and what the insurers paid."""

import datetime as dt
import io

from members.memberships.models import Membership
from members.people.enums import Gender
from members.people.models import Person
from tests.factories import claims, members
from tests.seeds.facts import Fact
from union_portal.base.periods import Period
from union_portal.base.spreadsheets.writing import write_xlsx
from welfare.claims.resources import ClaimList
from welfare.mutual_aid.models import Cover, MutualAidPlan

YEAR, FIRST = Period.year(2022), Period.year(2019)
TERM = Period(dt.date(2019, 1, 1), dt.date(2024, 12, 31))
LATER = Period(dt.date(2020, 1, 1), dt.date(2020, 12, 31))
MEMBERS, WOMEN, CLAIMS = 511, 319, 106
HEADINGS = ("工号", "姓名", "保障计划", "入院或出险日期", "出院日期", "申请日期", "到账日期", "赔付金额（元）")
FACTS = (
    Fact("002-16", "welfare.cover.women", "女职工特殊疾病互助保障计划319人", YEAR, WOMEN, heads=WOMEN),
    Fact("002-17", "welfare.cover.critical_illness", "重大疾病互助保障计划511人", YEAR, MEMBERS, heads=MEMBERS),
    Fact("003-34", "welfare.plans_joined", "参加互助保障计划2项", FIRST, 2, times=2),
    Fact("003-35", "welfare.plans_new", "其中新增1项", LATER, 1, times=1, items=("在职女职工特殊疾病互助保障计划",)),
    Fact("003-37", "welfare.claims", "协助申请理赔106人次", TERM, CLAIMS, heads=CLAIMS, times=CLAIMS),
    Fact("003-38", "welfare.claims_paid", "获赔10.61万元", TERM, CLAIMS, amount="106100"),
)


def enter() -> None:
    """Cover everybody of a college by its plans, and let some of them be paid for stays in hospital."""
    people = Person.objects.bulk_create(
        Person(staff_number=f"S{n:04d}", name="某", gender=Gender.FEMALE if n < WOMEN else Gender.MALE)
        for n in range(MEMBERS)
    )
    Membership.objects.bulk_create(Membership(person=one, valid_from=members.LONG_AGO) for one in people)
    plans = {one.code: one for one in MutualAidPlan.objects.all()}
    for code, year, number in (
        *(("critical_illness", 2019, 3), ("hospital_aid", 2019, CLAIMS), ("women", 2020, 3)),
        *(("critical_illness", 2022, MEMBERS), ("women", 2022, WOMEN)),
    ):
        day = dt.date(year, 4, 1)
        last = plans[code].last_day(day)
        Cover.objects.bulk_create(
            Cover(plan=plans[code], person=one, starts_on=day, ends_on=last, paid_on=day, source="名单")
            for one in people[:number]
        )
    rule = claims.rule(plans["hospital_aid"])
    days = ("2019-05-01", "2019-05-10", "2019-06-01", "2019-08-01")
    rows = [
        (one.staff_number, one.name, rule.plan.name, *days, 1000 if number else 1100)
        for number, one in enumerate(people[:CLAIMS])
    ]
    ClaimList().confirm(io.BytesIO(write_xlsx(headings=HEADINGS, rows=rows)))
