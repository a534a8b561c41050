"""Terms counted in working days, and the announced calendars that are known beforehand."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from chinese_calendar.constants import holidays, workdays
from django.db import transaction

from union_portal.base.periods import months_later
from welfare.workdays.enums import TermUnit
from welfare.workdays.models import Workday

_FRIDAY = 4
# The library's names of holidays.
_NAMES = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "Mid-autumn Festival": "中秋节",
    "National Day": "国庆节",
    "Anti-Fascist 70th Day": "抗战胜利七十周年",
}


@dataclass(frozen=True)
class Term:
    """The last day of a term, and whether the calendars of all its years are announced."""

    day: dt.date
    certain: bool

    def __str__(self) -> str:
        return f"{self.day}" if self.certain else f"约 {self.day}（待国务院公布放假安排）"


class Calendar:
    """Working days as they are known now, read once: for many terms of one page."""

    def __init__(self) -> None:
        """Read the whole table, some thirty rows a year."""
        self._odd: Mapping[dt.date, bool] = dict(Workday.objects.order_by().values_list("day", "works"))
        self._years = {day.year for day in self._odd}

    def works(self, day: dt.date) -> bool:
        """Whether people work on the day; in a year that is not announced, from Monday to Friday."""
        return self._odd.get(day, day.weekday() <= _FRIDAY)

    def term(self, *, after: dt.date, days: int) -> Term:
        """Return the day that is the so many-th working day after another; the day itself does not count."""
        day, certain = after, True
        while days > 0:
            day += dt.timedelta(days=1)
            certain = certain and day.year in self._years
            days -= self.works(day)
        return Term(day, certain)

    def left(self, *, today: dt.date, until: dt.date) -> int:
        """Return how many working days remain after today, the last one included; less than none once it is past."""
        first, last = sorted((today, until))
        span = (first + dt.timedelta(days=number) for number in range(1, (last - first).days + 1))
        count = sum(self.works(day) for day in span)
        return count if until >= today else -count


def working_days(*, after: dt.date, days: int) -> Term:
    """Return the last day of a term of working days that begins on the day after `after`."""
    return Calendar().term(after=after, days=days)


def last_day(*, after: dt.date, length: int | None, unit: str, calendar: Calendar | None = None) -> Term | None:
    """Return the last day of a term of so many days, working days or months; None without one.

    The day `after` which it runs does not count (民法典第二百零一条).
    """
    if length is None:
        return None
    if unit == TermUnit.WORKDAYS:
        return (calendar or Calendar()).term(after=after, days=length)
    day = months_later(after, length) if unit == TermUnit.MONTHS else after + dt.timedelta(days=length)
    return Term(day, certain=True)


@transaction.atomic
def place_workdays(*, using: str = "default") -> int:
    """Have the announced years' holidays and make-up days (国务院办公厅放假安排) ready; return how many were placed.

    A year with a day in the table is left as staff keep it. Years that are not announced are placed by an upgrade of
    the portal, or entered by hand or list.
    """
    known = {day.year for day in Workday.objects.using(using).order_by().values_list("day", flat=True)}
    source = "国务院办公厅关于部分节假日安排的通知"
    made = [
        Workday(
            day=day,
            works=works,
            name=_NAMES.get(name, name) + ("调休" if works else ""),
            source=f"{source}（{day.year}年）",
        )
        for table, works in ((holidays, False), (workdays, True))
        for day, name in table.items()
        if day.year not in known and works != (day.weekday() <= _FRIDAY)
    ]
    return len(Workday.objects.using(using).bulk_create(made, ignore_conflicts=True))
