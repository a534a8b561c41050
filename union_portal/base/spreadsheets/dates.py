"""Dates as people write them in spreadsheets."""

import datetime as dt
import math
import re
from typing import Any

from union_portal.base.spreadsheets.errors import CellError
from union_portal.base.spreadsheets.parsers import Parser
from union_portal.base.spreadsheets.raw import Raw
from union_portal.base.spreadsheets.text import NOTHING, clean_code, clean_text

_TIME = re.compile(r"[ T]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?$")
_DAY = re.compile(r"^(\d{4})[-/.年、](\d{1,2})[-/.月、](\d{1,2})[日号]?$")
_MONTH = re.compile(r"^(\d{4})[-/.年、](\d{1,2})月?$")
_COMPACT = re.compile(r"^(\d{4})(\d{2})(\d{2})?$")
_SERIAL_ZERO = dt.date(1899, 12, 30)


class Date(Parser):
    """A calendar day: date cells, serials, 2023/1/5, 2023年1月5日, 20230105.

    With `months` a month alone is taken too, for its first day: 2023.1, 2023年1月, 202301.
    """

    def __init__(
        self,
        *,
        months: bool = True,
        earliest: dt.date = dt.date(1900, 1, 1),
        latest: dt.date = dt.date(2100, 12, 31),
    ) -> None:
        self.months = months
        self.earliest = earliest
        self.latest = latest
        self.nothing = NOTHING | {"至今"}

    def parse(self, raw: Raw) -> dt.date:
        """Return the day; the refusal says which way of writing would do."""
        if isinstance(raw, dt.datetime):
            day = raw.date()
        elif isinstance(raw, dt.date):
            day = raw
        elif isinstance(raw, int | float) and not isinstance(raw, bool):
            day = self._from_number(raw)
        elif isinstance(raw, str):
            day = self._from_text(raw)
        else:
            raise CellError("不是日期，请写成 2023-01-05 的样子")
        if not self.earliest <= day <= self.latest:
            raise CellError(
                f"{day} 不在 {self.earliest} 与 {self.latest} 之间",
            )
        return day

    def show(self, value: Any) -> str:
        """Return the day as 2023-01-05."""
        return "" if value is None else f"{value:%Y-%m-%d}" if value.year >= 1000 else str(value)

    def _from_text(self, raw: str) -> dt.date:
        text = clean_code(_TIME.sub("", clean_text(raw)))
        if match := _DAY.match(text):
            return _day(*(int(part) for part in match.groups()))
        if match := _MONTH.match(text):
            return self._month(int(match[1]), int(match[2]))
        if match := _COMPACT.match(text):
            year, month = int(match[1]), int(match[2])
            return _day(year, month, int(match[3])) if match[3] else self._month(year, month)
        raise CellError("不是日期，请写成 2023-01-05 的样子")

    def _from_number(self, number: float) -> dt.date:
        if not math.isfinite(number):
            raise CellError("不是日期，请写成 2023-01-05 的样子")
        if number == int(number) and (19000101 <= number <= 21001231 or 190001 <= number <= 210012):
            return self._from_text(str(int(number)))
        if 1900 <= number < 2101:
            return self._year_and_fraction(number)
        if 3000 <= number <= 73415:
            return _SERIAL_ZERO + dt.timedelta(days=int(number))
        raise CellError("不是日期，请写成 2023-01-05 的样子")

    def _year_and_fraction(self, number: float) -> dt.date:
        year, hundredths = int(number), round(number % 1 * 100)
        if hundredths == 10:
            raise CellError(
                f"数字 {year}.1 可能是 1 月，也可能是 10 月，请用文本写成 {year}-01 或 {year}-10",
            )
        month = hundredths // 10 if hundredths >= 20 and hundredths % 10 == 0 else hundredths
        if not 1 <= month <= 12:
            raise CellError("不是日期，请写成 2023-01-05 的样子")
        return self._month(year, month)

    def _month(self, year: int, month: int) -> dt.date:
        if not self.months:
            raise CellError("缺少日，请写成 2023-01-05 的样子")
        return _day(year, month, 1)


def _day(year: int, month: int, day: int) -> dt.date:
    try:
        return dt.date(year, month, day)
    except ValueError as error:
        raise CellError(
            f"日历上没有 {year}-{month:02d}-{day:02d} 这一天",
        ) from error
