"""Festivals fall on the days people keep them."""

import datetime as dt

import pytest
from django.urls import reverse

from tests.factories.accounts import signed_in
from tests.factories.rounds import officer
from union_portal.base.errors import Refused
from welfare.benefits.enums import Festival
from welfare.benefits.models import Occasion


@pytest.mark.parametrize(
    ("festival", "day"),
    [
        (Festival.SPRING, "2022-02-01"),
        (Festival.SPRING, "2025-01-29"),
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
    assert festival.day_in(int(day[:4])) == dt.date.fromisoformat(day)


def test_a_festival_without_a_day_of_its_own_has_none() -> None:
    assert [one for one in Festival if one.day_in(2022) is None] == [Festival.ETHNIC]


def test_years_out_of_reach_are_refused() -> None:
    with pytest.raises(Refused):
        Festival.SPRING.day_in(1800)


@pytest.mark.django_db
def test_an_occasion_falls_on_its_festivals_day_unless_it_is_told_another() -> None:
    desk = signed_in(officer())
    told = {"name": "2025年中秋节", "year": "2025", "festival": "mid_autumn", "day": ""}
    desk.post(reverse("admin:welfare_occasion_add"), told)
    assert Occasion.objects.get(name="2025年中秋节").day == dt.date(2025, 10, 6)
    desk.post(reverse("admin:welfare_occasion_add"), told | {"name": "2025年中秋节（二）", "day": "2025-09-30"})
    assert Occasion.objects.get(name="2025年中秋节（二）").day == dt.date(2025, 9, 30)
    page = desk.post(reverse("admin:welfare_occasion_add"), told | {"name": "1025年中秋节", "year": "1025"})
    assert "1950" in page.content.decode()
