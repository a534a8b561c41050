"""Health checks with their hospitals, packages, days and bookings."""

import datetime as dt
import itertools
from typing import Any

from members.people.models import Person
from union_portal.base.steps import record, take
from welfare.health_checks.models import CheckDay, CheckHospital, CheckPackage, HealthCheck, TurnoutQuota
from welfare.health_checks.services import booking

_numbers = itertools.count(1)


def check(*, year: int = 2023, opened: bool = True, **fields: Any) -> HealthCheck:
    """Make a check of the year, open for bookings unless said otherwise."""
    days = {"starts_on": dt.date(year, 5, 20), "ends_on": dt.date(year, 9, 20)}
    made = record(
        HealthCheck(**{"name": f"{year}年第{next(_numbers)}次体检", "year": year, **days, **fields}), actor=None
    )
    return take(subject=made, action="open", actor=None) if opened else made


def hospital(of: HealthCheck, **fields: Any) -> CheckHospital:
    """Make a hospital of the check."""
    return record(CheckHospital(**{"health_check": of, "name": f"第{next(_numbers)}医院", **fields}), actor=None)


def day(of: CheckHospital, *, places: int = 30, on: dt.date | None = None) -> CheckDay:
    """Make a day at the hospital."""
    return record(CheckDay(hospital=of, on=on or of.health_check.starts_on, places=places), actor=None)


def package(of: HealthCheck, cap: str, **fields: Any) -> CheckPackage:
    """Make a package of the check."""
    return record(
        CheckPackage(**{"health_check": of, "name": f"套餐{next(_numbers)}", "cap": cap, **fields}), actor=None
    )


def whole(*, person: Person) -> HealthCheck:
    """Make an open check with something in every list of its own."""
    made = check()
    package(made, "1000")
    record(TurnoutQuota(health_check=made, members_from=0, percent=70), actor=None)
    booking.book(health_check=made, person=person, day=day(hospital(made)), actor=None)
    return made
