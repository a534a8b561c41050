"""What benefits are given for, in which form, and what their caps are measured by."""

import datetime as dt
from functools import lru_cache

from django.db import models
from lunar_python.Lunar import Lunar

from union_portal.base.errors import Refused


class Category(models.TextChoices):
    """福利类别: what a benefit is given for. Reports count by it."""

    FESTIVAL = "festival", "节日慰问"
    BIRTHDAY = "birthday", "生日慰问"
    SUMMER = "summer", "夏送清凉"
    WINTER = "winter", "冬送温暖"
    FRONTLINE = "frontline", "一线慰问"
    WEDDING = "wedding", "结婚"
    BIRTH = "birth", "生育"
    HOSPITAL = "hospital", "住院"
    SERIOUS_ILLNESS = "serious_illness", "重大疾病"
    BEREAVEMENT = "bereavement", "亲属去世"
    DEATH = "death", "会员去世"
    RETIREMENT = "retirement", "退休"
    HARDSHIP = "hardship", "困难帮扶"
    DISASTER = "disaster", "突发灾害"
    SPECIAL_GROUP = "special_group", "特殊群体走访"
    VETERANS = "veterans", "复转军人"
    DISABILITY = "disability", "伤残保健金"
    RETIREE_VISIT = "retiree_visit", "离退休人员慰问"
    CULTURE = "culture", "文化福利"
    CHILDREN = "children", "六一儿童节慰问"
    SCHOOLING = "schooling", "子女教育"
    HEALTH_CHECK = "health_check", "健康体检"
    RECUPERATION = "recuperation", "疗休养"
    OTHER = "other", "其他福利"


# Categories whose screens speak softly: slate instead of red, no festive words.
GRAVE = frozenset(
    {Category.HOSPITAL, Category.SERIOUS_ILLNESS, Category.BEREAVEMENT, Category.DEATH, Category.HARDSHIP}
    | {Category.DISASTER, Category.DISABILITY}
)


class Festival(models.TextChoices):
    """The seven statutory festivals on which a union may give goods (总工办发〔2017〕32号), and what schools add."""

    NEW_YEAR = "new_year", "元旦"
    SPRING = "spring", "春节"
    QINGMING = "qingming", "清明节"
    LABOUR = "labour", "劳动节"
    DRAGON_BOAT = "dragon_boat", "端午节"
    MID_AUTUMN = "mid_autumn", "中秋节"
    NATIONAL = "national", "国庆节"
    ETHNIC = "ethnic", "少数民族节日"
    WOMEN = "women", "妇女节"
    TEACHERS = "teachers", "教师节"
    DOUBLE_NINTH = "double_ninth", "重阳节"

    def day_in(self, year: int) -> dt.date | None:
        """Return the day it falls on in a calendar year, None for one without a day of its own.

        Raises:
            Refused: the year is not between 1950 and 2100.
        """
        return _day(self, year)


_SOLAR = {
    Festival.NEW_YEAR: (1, 1),
    Festival.WOMEN: (3, 8),
    Festival.LABOUR: (5, 1),
    Festival.TEACHERS: (9, 10),
    Festival.NATIONAL: (10, 1),
}
_LUNAR = {
    Festival.SPRING: (1, 1),
    Festival.DRAGON_BOAT: (5, 5),
    Festival.MID_AUTUMN: (8, 15),
    Festival.DOUBLE_NINTH: (9, 9),
}
_FIRST_YEAR, _LAST_YEAR = 1950, 2100


@lru_cache(maxsize=512)
def _day(festival: Festival, year: int) -> dt.date | None:
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise Refused(f"节日日期仅支持 {_FIRST_YEAR} 年至 {_LAST_YEAR} 年。", code="year", field="year")
    if festival in _SOLAR:
        return dt.date(year, *_SOLAR[festival])
    if festival in _LUNAR:
        solar = Lunar.fromYmd(year, *_LUNAR[festival]).getSolar()
    elif festival == Festival.QINGMING:
        solar = Lunar.fromYmd(year, 1, 1).getJieQiTable()["清明"]
    else:
        return None
    return dt.date(solar.getYear(), solar.getMonth(), solar.getDay())


class Form(models.TextChoices):
    """发放形式."""

    GOODS = "goods", "实物"
    COUPON = "coupon", "提货券"
    CASH = "cash", "慰问金"
    SERVICE = "service", "服务"
    COVER = "cover", "参保"


class CapBasis(models.TextChoices):
    """What a cap is measured by."""

    PER_EVENT = "per_event", "每次"
    PER_DAY = "per_day", "每人每天"
    PER_YEAR = "per_year", "每人每年"
    PER_CATEGORY_YEAR = "per_category_year", "每人每年（同类合计）"
    INCOME_SHARE = "income_share", "占当年工会经费收入比例（%）"


class Level(models.TextChoices):
    """层级: who issued a standard. All levels bind; the strictest of them is named."""

    NATION = "nation", "全国"
    PROVINCE = "province", "省级（部属）"
    CITY = "city", "市级（产业）"
    SCHOOL = "school", "本校"


class Couples(models.TextChoices):
    """双职工: what a couple on the staff gets for one event."""

    EACH = "each", "各自享受"
    ONCE = "once", "每件事只享受一次"
    HOUSEHOLD_YEAR = "household_year", "每户每年只享受一次"


class DateBasis(models.TextChoices):
    """日期口径: the day by which a standard is chosen and a year's caps are counted."""

    EVENT = "event", "发生日（入院日）"
    END = "end", "结束日（出院日）"
    APPLICATION = "application", "申请日"
    GIVEN = "given", "发放日"


class Severity(models.TextChoices):
    """违反时: what it takes to go on although a standard objects."""

    NOTE = "note", "仅提示"
    REASON = "reason", "写明理由和文件，另一人确认"
    CHAIR = "chair", "写明理由和文件，主席确认"
