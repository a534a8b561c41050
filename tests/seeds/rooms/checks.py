"""Health checks: one for everybody, and how many retired people went to theirs."""

import datetime as dt

from members.people.enums import PersonKind
from tests.factories import health_checks, members
from tests.seeds.facts import Fact
from union_portal.base.periods import Period
from union_portal.base.steps import take
from welfare.health_checks.enums import Audience
from welfare.health_checks.services import booking

YEAR, BEFORE, RETIRED = Period.year(2023), Period.year(2022), 128
FACTS = (
    Fact("000-30", "welfare.health_checks", "组织教职工体检1次", BEFORE, 1, times=1),
    Fact("002-31", "welfare.health_checks", "组织教职工体检1次", BEFORE, 1, times=1),
    Fact("000-36", "welfare.health_check_attendance.retired", "离退休教职工参检128人", YEAR, RETIRED, heads=RETIRED),
)


def enter() -> None:
    """Hold a check for everybody, and the year after one that 128 retired people attend."""
    health_checks.check(year=2022, audience=Audience.EVERYBODY)
    made = health_checks.check(year=2023, audience=Audience.RETIRED)
    for _number in range(RETIRED):
        person = members.person(kind=PersonKind.RETIREE, retired_on=dt.date(2015, 1, 31))
        one = booking.book(health_check=made, person=person, actor=None)
        take(subject=one, action="attend", actor=None, attended_on=dt.date(2023, 6, 1))
