"""Periods of days, both ends inclusive, as reports ask for them and name them."""

import datetime as dt
import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from django.db import models

from union_portal.base import profile
from union_portal.base.errors import Refused

_DAY = r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?"
_SHAPES = {
    "year": re.compile(r"(\d{4})\s*年?"),
    "quarter": re.compile(r"(\d{4})\s*年?\s*(?:[Qq]|第)\s*([1-4一二三四])\s*(?:季度)?"),
    "month": re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*月?"),
    "day": re.compile(_DAY),
}
_RANGE = re.compile(r"\s*(?:\.\.|至|到|~|～|—+|–)\s*")
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4}


def months_later(day: dt.date, months: int) -> dt.date:
    """Return the corresponding day so many months later, or the last of a month that has none (民法典第二百零二条)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def years_before(day: dt.date, years: int) -> dt.date:
    """Return the same day so many years before, or after where negative; of 29 February the 28th."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


@dataclass(frozen=True, order=True)
class Period:
    """Days from `start` to `end`, both inclusive; Refused if the end comes first."""

    start: dt.date
    end: dt.date

    def __post_init__(self) -> None:
        """Refuse what ends before it starts."""
        if self.end < self.start:
            raise Refused(
                f"期间的结束日期 {self.end.isoformat()} 早于开始日期 {self.start.isoformat()}，请对调两个日期。",
                code="period_order",
            )

    @classmethod
    def year(cls, year: int) -> Self:
        """Return a calendar year."""
        return cls(dt.date(year, 1, 1), dt.date(year, 12, 31))

    @classmethod
    def quarter(cls, year: int, quarter: int) -> Self:
        """Return a quarter, 1 to 4."""
        return cls(
            dt.date(year, quarter * 3 - 2, 1), months_later(dt.date(year, quarter * 3 - 2, 1), 3) - dt.timedelta(1)
        )

    @classmethod
    def month(cls, year: int, month: int) -> Self:
        """Return a month, 1 to 12."""
        return cls(dt.date(year, month, 1), dt.date(year, month, monthrange(year, month)[1]))

    @classmethod
    def school_year(cls, year: int) -> Self:
        """Return the school year that ends in the calendar year: from 1 September, unless the union says otherwise."""
        return cls(*profile.year_ending(year, profile.school_year_start()))

    @classmethod
    def statistics_year(cls, year: int) -> Self:
        """Return the statistics year ending in the calendar year: from 1 October, unless the union says otherwise."""
        return cls(*profile.year_ending(year, profile.statistics_year_start()))

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a period: 2022, 2022Q4, 2022年第4季度, 2022-12, 2022-12-01, or two of these joined by .. or 至.

        Refused if it is none of these or no such day exists.
        """
        ends = _RANGE.split(text.strip())
        try:
            first, last = cls._parse_one(ends[0]), cls._parse_one(ends[-1])
        except ValueError:
            first = last = None
        if first is None or last is None or len(ends) > 2:
            raise Refused(
                f"“{text}”不是有效的期间，请写成 2022、2022Q4、2022-12 或 2022-01-01..2022-12-31。",
                code="period",
            )
        return cls(first.start, last.end)

    @classmethod
    def _parse_one(cls, text: str) -> Self | None:
        if found := _SHAPES["year"].fullmatch(text):
            return cls.year(int(found[1]))
        if found := _SHAPES["quarter"].fullmatch(text):
            return cls.quarter(int(found[1]), _QUARTERS.get(found[2]) or int(found[2]))
        if found := _SHAPES["month"].fullmatch(text):
            return cls.month(int(found[1]), int(found[2]))
        if found := _SHAPES["day"].fullmatch(text):
            day = dt.date(int(found[1]), int(found[2]), int(found[3]))
            return cls(day, day)
        return None

    @property
    def days(self) -> int:
        """Return the number of days, at least 1."""
        return (self.end - self.start).days + 1

    @property
    def whole_months(self) -> int:
        """Return how many calendar months the period is made of, 0 if it cuts through one."""
        after = self.end + dt.timedelta(1)
        if self.start.day != 1 or after.day != 1:
            return 0
        return (after.year - self.start.year) * 12 + after.month - self.start.month

    def moved(self, months: int) -> "Period":
        """Return the period so many months later; what borders on another still does, whole months stay whole."""
        day = dt.timedelta(1)
        start = months_later(self.start, months)
        return Period(start, max(start, months_later(self.end + day, months) - day))

    def previous(self) -> "Period":
        """Return the period to compare with, one earlier of the same kind.

        A month, a quarter or a number of whole calendar years is followed directly. Anything else up to a year long
        moves back by one year (2022Q4 to 2023Q3 becomes 2021Q4 to 2022Q3); anything longer moves back by its length.
        """
        months = self.whole_months
        kinds = (
            months == 1
            or (months == 3 and self.start.month % 3 == 1)
            or (months and months % 12 == 0 and self.start.month == 1)
            or months > 12
        )
        if kinds:
            return Period(months_later(self.start, -months), self.start - dt.timedelta(1))
        if self.end < months_later(self.start, 12) or months == 12:
            return self.moved(-12)
        return Period(self.start - dt.timedelta(self.days), self.start - dt.timedelta(1))

    def contains(self, other: "dt.date | Period") -> bool:
        """Tell whether a day, or the whole of another period, lies inside."""
        if isinstance(other, Period):
            return self.start <= other.start and other.end <= self.end
        return self.start <= other <= self.end

    __contains__ = contains

    def overlaps(self, other: "Period") -> bool:
        """Tell whether the two share a day."""
        return self.start <= other.end and other.start <= self.end

    def clip(self, other: "Period") -> "Period | None":
        """Return the days both have, None if there are none."""
        if not self.overlaps(other):
            return None
        return Period(max(self.start, other.start), min(self.end, other.end))

    def years(self) -> Iterator[int]:
        """Yield the calendar years the period touches."""
        yield from range(self.start.year, self.end.year + 1)

    def label(self) -> str:
        """Return the Chinese name: 2022年, 2022年第4季度至2023年第3季度, 2022年12月, or the two days."""
        months = self.whole_months
        start, end = self.start, self.end
        if months and months % 12 == 0 and start.month == 1:
            return f"{start.year}年" if months == 12 else f"{start.year}年至{end.year}年"
        if months == 1:
            return f"{start.year}年{start.month}月"
        if months and months % 3 == 0 and start.month % 3 == 1:
            first, last = f"{start.year}年第{start.month // 3 + 1}季度", f"{end.year}年第{end.month // 3}季度"
            return first if months == 3 else f"{first}至{last}"
        if start == end:
            return day_label(start)
        return f"{day_label(start)}至{day_label(end)}"

    def __str__(self) -> str:
        return self.label()


class Span(models.TextChoices):
    """What a line of a report is counted over, where that is not the report's own period."""

    REPORT = "", "报告的统计期"
    CALENDAR_YEAR = "year", "自然年（1月1日—12月31日）"
    SCHOOL_YEAR = "school_year", "学年（起始日见“单位信息”）"
    STATISTICS_YEAR = "statistics_year", "统计年度（起始日见“单位信息”）"
    TERM = "term", "本届以来（自本届第一次会议召开之日）"
    OWN = "own", "自定的起止日期"

    def over(
        self,
        period: Period,
        *,
        since: dt.date | None = None,
        until: dt.date | None = None,
        opened: dt.date | None = None,
    ) -> Period:
        """Return the days it means in the report of a period; of several years, all those that end in them.

        `since` and `until` are a line's own days, each standing for the report's where it is absent: they are of the
        report in whose period most of them lie, in another year's they mean nothing. `opened` is the day on which the
        term's first session was convened. A span that would end before it begins is the report's.
        """
        first, last = period.start.year, period.end.year
        years = {
            Span.CALENDAR_YEAR: Period.year,
            Span.SCHOOL_YEAR: Period.school_year,
            Span.STATISTICS_YEAR: Period.statistics_year,
        }
        if self in years:
            return Period(years[self](first).start, years[self](last).end)
        start, end = period.start, period.end
        if self is Span.TERM:
            start = opened or start
        elif self is Span.OWN:
            start, end = since or start, until or end
        if start > end:
            return period
        own = Period(start, end)
        shared = own.clip(period)
        return own if self is Span.TERM or (shared is not None and shared.days * 2 > own.days) else period


def day_label(day: dt.date) -> str:
    """Return a day in Chinese, without leading zeros: 2022年1月5日."""
    return f"{day.year}年{day.month}月{day.day}日"
