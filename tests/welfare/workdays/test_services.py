"""Terms in working days, and the calendar that staff keep."""

import datetime as dt

import pytest

from welfare.workdays.models import Workday
from welfare.workdays.services import Calendar, place_workdays, working_days

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("after", "third", "tenth", "thirtieth"),
    [
        ("2025-09-19", "2025-09-24", "2025-10-10", "2025-11-06"),
        ("2025-09-26", "2025-09-30", "2025-10-16", "2025-11-13"),
        ("2025-09-30", "2025-10-11", "2025-10-21", "2025-11-18"),
        ("2026-02-10", "2026-02-13", "2026-03-02", "2026-03-30"),
        ("2026-09-18", "2026-09-22", "2026-10-09", "2026-11-05"),
        ("2026-09-24", "2026-09-30", "2026-10-15", "2026-11-12"),
        ("2026-09-30", "2026-10-10", "2026-10-20", "2026-11-17"),
    ],
)
def test_a_term_counts_working_days_make_up_days_among_them(after: str, third: str, tenth: str, thirtieth: str) -> None:
    calendar = Calendar()

    found = [calendar.term(after=dt.date.fromisoformat(after), days=days) for days in (3, 10, 30)]

    assert [str(term) for term in found] == [third, tenth, thirtieth]


@pytest.mark.parametrize("year", [2025, 2026])
def test_an_announced_year_has_its_working_days(year: int) -> None:
    calendar, first = Calendar(), dt.date(year, 1, 1)

    assert sum(calendar.works(first + dt.timedelta(days=number)) for number in range(365)) == 248


def test_a_term_into_a_year_that_is_not_announced_says_so_until_it_is() -> None:
    after = dt.date(2026, 12, 1)

    assert str(working_days(after=after, days=30)) == "约 2027-01-12（待国务院公布放假安排）"
    Workday.objects.create(day=dt.date(2027, 1, 1), name="元旦")
    assert str(working_days(after=after, days=30)) == "2027-01-13"


def test_days_left_are_working_days_and_negative_once_past() -> None:
    calendar = Calendar()

    assert calendar.left(today=dt.date(2026, 9, 30), until=dt.date(2026, 10, 10)) == 3
    assert calendar.left(today=dt.date(2026, 10, 10), until=dt.date(2026, 9, 30)) == -3


def test_a_year_that_staff_keep_is_left_as_it_is() -> None:
    Workday.objects.filter(day__year=2026).delete()
    Workday.objects.create(day=dt.date(2026, 5, 4), works=True, name="校庆")

    assert place_workdays() == 0
    assert Workday.objects.filter(day__year=2026).count() == 1
