"""Festivals fall on the days people keep them."""

import datetime as dt

import pytest

from union_portal.base.calendar import Festival, festival_date, festivals, spring_festival_eve, statutory_festivals
from union_portal.base.errors import Refused


@pytest.mark.parametrize(
    ("festival", "day"),
    [
        (Festival.SPRING_FESTIVAL, "2022-02-01"),
        (Festival.SPRING_FESTIVAL, "2025-01-29"),
        (Festival.LANTERN, "2022-02-15"),
        (Festival.DRAGON_BOAT, "2022-06-03"),
        (Festival.DRAGON_BOAT, "2023-06-22"),  # a year with a leap second month
        (Festival.MID_AUTUMN, "2020-10-01"),
        (Festival.MID_AUTUMN, "2022-09-10"),
        (Festival.MID_AUTUMN, "2025-10-06"),  # a year with a leap sixth month
        (Festival.DOUBLE_NINTH, "2022-10-04"),
        (Festival.DOUBLE_NINTH, "2023-10-23"),
        (Festival.QINGMING, "2022-04-05"),
        (Festival.QINGMING, "2024-04-04"),
        (Festival.TEACHERS, "2022-09-10"),
    ],
)
def test_festivals_fall_on_their_days(festival: Festival, day: str) -> None:
    assert festival_date(festival, int(day[:4])) == dt.date.fromisoformat(day)


def test_a_year_has_every_festival_in_order() -> None:
    days = festivals(2022)
    assert set(days) == set(Festival)
    assert list(days.values()) == sorted(days.values())
    assert {day.year for day in days.values()} == {2022}
    assert len(statutory_festivals(2022)) == 7
    assert spring_festival_eve(2022) == dt.date(2022, 1, 31)


def test_years_out_of_reach_are_refused() -> None:
    with pytest.raises(Refused):
        festivals(1800)
