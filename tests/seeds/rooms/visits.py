"""Visits: groups of people gone to see on occasions, with what they were given in all."""

import datetime as dt
from decimal import Decimal

from members.people.enums import PersonKind
from tests.factories import members
from tests.seeds.facts import Fact
from union_portal.base.periods import Period
from union_portal.base.steps import record
from welfare.benefits.models import Occasion
from welfare.visits.models import Visit, VisitKind

JULY = dt.date(2023, 7, 1)
NEW_YEAR, SUMMER = Period(dt.date(2023, 1, 1), dt.date(2023, 1, 10)), Period(JULY, dt.date(2023, 7, 31))
TERM = Period(dt.date(2019, 1, 1), dt.date(2024, 12, 31))
# Kind, number of people, day, yuan each.
GONE_TO_SEE = (
    *(("veteran_cadre", 60, dt.date(2023, 1, 4), 800), ("hardship", 57, dt.date(2023, 1, 5), 800)),
    *(("model_worker", 50, dt.date(2023, 1, 6), 800), ("martyr_family", 3, JULY, 800)),
    *(("fallen_family", 1, JULY, 800), ("aid_family", 15, dt.date(2023, 9, 25), 800)),
    *(("famous_teacher", 32, dt.date(2023, 9, 7), 800), ("honoured", 12, dt.date(2023, 8, 10), None)),
    ("honoured", 1, dt.date(2022, 11, 3), None),
)
FACTS = (
    Fact("001-58", "welfare.visits_to.honoured", "走访获得荣誉的教职工1人次", Period.year(2022), 1, heads=1, times=1),
    Fact("004-65", "welfare.visits", "167人次，送去慰问13.36万元", NEW_YEAR, 167, 167, 167, "133600"),
    Fact("004-66", "welfare.visits_to.martyr_family", "走访烈属3人次", SUMMER, 3, 3, 3, "2400"),
    Fact("004-67", "welfare.visits_to.fallen_family", "走访因公殉职人员家属1人次", SUMMER, 1, 1, 1),
    Fact("004-68", "welfare.visits", "4人次，送去慰问3200元", SUMMER, 4, 4, 4, "3200"),
    Fact(
        "004-69",
        "welfare.visits_to.aid_family",
        "走访援派干部家属15人次（1.2万元）",
        Period.year(2023),
        15,
        15,
        15,
        "12000",
    ),
    Fact(
        number="004-70",
        key="welfare.visits_to.famous_teacher",
        said="走访名师和骨干教师32人次（2.56万元）",
        period=Period.year(2023),
        rows=32,
        heads=32,
        times=32,
        amount="25600",
    ),
    Fact("004-72", "welfare.visits_to.honoured", "走访获得荣誉的教职工12人次", Period.year(2023), 12, 12, 12),
    Fact("003-44", "welfare.visits_held.retirees", "其中春节等节日走访离退休教职工6次", TERM, 6, times=6),
)


def enter() -> None:
    """Enter each household that was gone to see, and before each Spring Festival of six years two retired people."""
    kinds = {one.code: one for one in VisitKind.objects.all()}
    for code, number, day, yuan in GONE_TO_SEE:
        amount = Decimal(yuan) if yuan else None
        for person in [members.person(kind=PersonKind.KIN) for _number in range(number)]:
            record(Visit(kind=kinds[code], person=person, visited_on=day, amount=amount), actor=None)
    for year in range(2019, 2025):
        told = {"name": f"{year}年春节", "year": year, "festival": "spring"}
        occasion, _made = Occasion.objects.get_or_create(code=f"{year}-spring", defaults=told)
        for person in [members.person(kind=PersonKind.RETIREE) for _number in range(2)]:
            told = {"kind": kinds["retirees"], "person": person, "visited_on": dt.date(year, 1, 16)}
            record(Visit(**told, occasion=occasion, gift="慰问品"), actor=None)
