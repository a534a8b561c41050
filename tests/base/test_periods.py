"""Periods: their names, their predecessors, how people write them."""

import datetime as dt

import pytest

from union_portal.base.errors import Refused
from union_portal.base.periods import Period, Span


def days(start: str, end: str) -> Period:
    return Period(dt.date.fromisoformat(start), dt.date.fromisoformat(end))


@pytest.mark.parametrize(
    ("period", "label"),
    [
        (Period.year(2022), "2022年"),
        (days("2020-01-01", "2022-12-31"), "2020年至2022年"),
        (days("2022-10-01", "2023-09-30"), "2022年第4季度至2023年第3季度"),
        (Period.quarter(2022, 4), "2022年第4季度"),
        (Period.month(2024, 2), "2024年2月"),
        (days("2022-12-01", "2023-12-31"), "2022年12月1日至2023年12月31日"),
        (days("2022-01-05", "2022-01-05"), "2022年1月5日"),
    ],
)
def test_periods_have_chinese_names_that_read_back(period: Period, label: str) -> None:
    assert period.label() == label
    assert Period.parse(label) == period


@pytest.mark.parametrize(
    ("period", "previous"),
    [
        (Period.year(2022), Period.year(2021)),
        (days("2020-01-01", "2022-12-31"), days("2017-01-01", "2019-12-31")),
        (Period.quarter(2022, 1), Period.quarter(2021, 4)),
        (Period.month(2024, 3), Period.month(2024, 2)),
        (days("2022-10-01", "2023-09-30"), days("2021-10-01", "2022-09-30")),
        (days("2022-01-01", "2022-06-30"), days("2021-01-01", "2021-06-30")),
        (days("2024-02-29", "2024-03-15"), days("2023-02-28", "2023-03-15")),
        (days("2025-01-15", "2025-02-28"), days("2024-01-15", "2024-02-29")),
        (days("2022-12-01", "2023-12-31"), days("2021-11-01", "2022-11-30")),
        (days("2022-03-10", "2023-04-08"), days("2021-02-08", "2022-03-09")),
    ],
)
def test_the_period_before_is_of_the_same_kind(period: Period, previous: Period) -> None:
    assert period.previous() == previous


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2022", Period.year(2022)),
        ("2022Q4..2023Q3", days("2022-10-01", "2023-09-30")),
        ("2022-12", Period.month(2022, 12)),
        ("2022-01-01..2022-12-31", Period.year(2022)),
        ("2022年第四季度", Period.quarter(2022, 4)),
        ("2022/1/5～2022/2/1", days("2022-01-05", "2022-02-01")),
    ],
)
def test_periods_are_read_as_people_write_them(text: str, period: Period) -> None:
    assert Period.parse(text) == period


@pytest.mark.parametrize("text", ["", "next year", "2022-13", "2022-02-30", "2023..2022", "2022Q5", "1..2..3"])
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        Period.parse(text)


def test_both_ends_belong_to_the_period() -> None:
    year = Period.year(2022)
    assert year.contains(dt.date(2022, 1, 1))
    assert dt.date(2022, 12, 31) in year
    assert not year.contains(dt.date(2023, 1, 1))
    assert year.contains(Period.quarter(2022, 4))
    assert not year.contains(days("2022-12-31", "2023-01-01"))
    assert year.overlaps(days("2022-12-31", "2023-01-01"))
    assert not year.overlaps(Period.year(2023))
    assert year.clip(days("2022-12-31", "2023-01-01")) == days("2022-12-31", "2022-12-31")
    assert year.clip(Period.year(2023)) is None
    assert year.days == 365


@pytest.mark.parametrize(
    ("span", "days"),
    [
        (Span.REPORT, ("2025-01-01", "2025-12-31")),
        (Span.SCHOOL_YEAR, ("2024-09-01", "2025-08-31")),
        (Span.STATISTICS_YEAR, ("2024-10-01", "2025-09-30")),
        (Span.TERM, ("2023-04-12", "2025-12-31")),
        (Span.OWN, ("2025-01-01", "2026-01-03")),
    ],
)
def test_a_line_has_days_of_its_own_by_name(span: Span, days: tuple[str, str]) -> None:
    over = span.over(Period.year(2025), until=dt.date(2026, 1, 3), opened=dt.date(2023, 4, 12))
    assert (over.start.isoformat(), over.end.isoformat()) == days


def test_a_span_of_several_years_begins_with_the_first_and_never_ends_before_it_begins() -> None:
    years = Period(dt.date(2021, 1, 1), dt.date(2025, 12, 31))
    assert Span.STATISTICS_YEAR.over(years) == Period(dt.date(2020, 10, 1), dt.date(2025, 9, 30))
    assert Span.CALENDAR_YEAR.over(Period(dt.date(2025, 3, 1), dt.date(2025, 5, 1))) == Period.year(2025)
    assert Span.TERM.over(years, opened=dt.date(2026, 4, 1)) == years
    assert Span.TERM.over(years) == years
    begun, over = dt.date(2025, 1, 1), dt.date(2026, 1, 3)
    assert Span.OWN.over(Period.year(2026), since=begun, until=over) == Period.year(2026)
