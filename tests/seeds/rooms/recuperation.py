"""The contracts of a check with two hospitals, and the batches of 疗休养 of a summer."""

import datetime as dt

from tests.factories import health_checks, members, recuperation
from tests.seeds.facts import Fact
from union_portal.base.periods import Period

YEAR, SUMMER = Period.year(2023), Period(dt.date(2022, 7, 1), dt.date(2022, 8, 31))
HOSPITALS, BATCHES = ("甲医院", "乙医院"), 6
FACTS = (
    Fact("004-77", "welfare.health_check_contracts", "等2家医院签订体检合同", YEAR, 2, times=2),
    Fact("004-78", "welfare.health_checks", "组织教职工体检1次", YEAR, 1, times=1),
    Fact("001-32", "welfare.recuperation_batches", "开展疗休养6期", SUMMER, BATCHES, times=BATCHES),
)


def enter() -> None:
    """Sign contracts with two hospitals for a check, and let six batches go in two months."""
    made = health_checks.check(year=2023)
    for name in HOSPITALS:
        health_checks.hospital(made, name=name, contracted_on=dt.date(2023, 4, 12))
    for number in range(BATCHES):
        start = dt.date(2022, 7, 5) + dt.timedelta(days=9 * number)
        recuperation.gone(recuperation.batch(starts_on=start), members.member())
