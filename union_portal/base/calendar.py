"""The festivals a union remembers its members at: the days of the lunar and of the solar calendar."""

import datetime as dt
from functools import lru_cache

from django.db import models
from lunar_python.Lunar import Lunar

from union_portal.base.errors import Refused


class Festival(models.TextChoices):
    """节日: statutory festivals (国务院《全国年节及纪念日放假办法》) and others unions mark."""

    NEW_YEAR = "new_year", "元旦"
    SPRING_FESTIVAL = "spring_festival", "春节"
    LANTERN = "lantern", "元宵节"
    WOMEN = "women", "妇女节"
    QINGMING = "qingming", "清明节"
    LABOUR = "labour", "劳动节"
    YOUTH = "youth", "青年节"
    CHILDREN = "children", "儿童节"
    DRAGON_BOAT = "dragon_boat", "端午节"
    ARMY = "army", "建军节"
    TEACHERS = "teachers", "教师节"
    MID_AUTUMN = "mid_autumn", "中秋节"
    NATIONAL = "national", "国庆节"
    DOUBLE_NINTH = "double_ninth", "重阳节"


# Days off for everybody; the others are days of remembrance or for some.
STATUTORY = (
    Festival.NEW_YEAR,
    Festival.SPRING_FESTIVAL,
    Festival.QINGMING,
    Festival.LABOUR,
    Festival.DRAGON_BOAT,
    Festival.MID_AUTUMN,
    Festival.NATIONAL,
)
SOLAR = {
    Festival.NEW_YEAR: (1, 1),
    Festival.WOMEN: (3, 8),
    Festival.LABOUR: (5, 1),
    Festival.YOUTH: (5, 4),
    Festival.CHILDREN: (6, 1),
    Festival.ARMY: (8, 1),
    Festival.TEACHERS: (9, 10),
    Festival.NATIONAL: (10, 1),
}
LUNAR = {
    Festival.SPRING_FESTIVAL: (1, 1),
    Festival.LANTERN: (1, 15),
    Festival.DRAGON_BOAT: (5, 5),
    Festival.MID_AUTUMN: (8, 15),
    Festival.DOUBLE_NINTH: (9, 9),
}
FIRST_YEAR, LAST_YEAR = 1950, 2100


@lru_cache(maxsize=512)
def festival_date(festival: Festival, year: int) -> dt.date:
    """Return the day of a festival in a calendar year; Refused outside 1950 to 2100."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Refused(f"节日日期仅支持 {FIRST_YEAR} 年至 {LAST_YEAR} 年。", code="year")
    if festival in SOLAR:
        return dt.date(year, *SOLAR[festival])
    if festival in LUNAR:
        solar = Lunar.fromYmd(year, *LUNAR[festival]).getSolar()
    else:
        solar = Lunar.fromYmd(year, 1, 1).getJieQiTable()["清明"]
    return dt.date(solar.getYear(), solar.getMonth(), solar.getDay())


def festivals(year: int) -> dict[Festival, dt.date]:
    """Return every festival of a year, in the order of the days."""
    return dict(sorted(((f, festival_date(f, year)) for f in Festival), key=lambda pair: pair[1]))


def statutory_festivals(year: int) -> dict[Festival, dt.date]:
    """Return the day of each festival everybody has off; the length and the moved days are set year by year."""
    return {festival: day for festival, day in festivals(year).items() if festival in STATUTORY}


def spring_festival_eve(year: int) -> dt.date:
    """Return 除夕, the day before the Spring Festival of a year."""
    return festival_date(Festival.SPRING_FESTIVAL, year) - dt.timedelta(days=1)
