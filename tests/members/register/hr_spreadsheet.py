"""A school's HR spreadsheet, made up row by row from a seed, and faults of twelve kinds to plant in it."""

import datetime as dt
import io
import random
from collections.abc import Callable
from typing import Any

import pytest
import xlsxwriter
from stdnum.cn import ric

from members.branches.services import tree

BRANCHES = tuple(f"{name}学院分工会" for name in ("文", "理", "工", "农", "医", "法", "商", "艺术", "外语", "体育"))
HEADINGS = (
    "职工号",
    "姓名",
    "性别",
    "出生年月",
    "身份证号码",
    "手机号码",
    "部门工会",
    "人员类别",
    "岗位类别",
    "专业技术职务",
    "民族",
    "政治面貌",
    "参加工作时间",
    "入会时间",
    "工资卡号",
    "开户行",
)
_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红建文云飞鹏宇欣怡"


def identity_number(*, born: dt.date, male: bool, place: int) -> str:
    """Make a valid number of nobody: region 999999 does not exist."""
    order = place % 500 * 2 + (1 if male else 0)
    body = f"999999{born:%Y%m%d}{order:03d}"
    return str(body + ric.calc_check_digit(body + "0"))


def bank_card(place: int) -> str:
    """Make a card number with a right check digit."""
    body = f"62299{place:013d}"
    doubled = sum(sum(divmod(int(d) * 2, 10)) if i % 2 == 0 else int(d) for i, d in enumerate(reversed(body)))
    return f"{body}{-doubled % 10}"


def rows(count: int, *, seed: int = 7) -> list[list[Any]]:
    """Return the sheet's rows; the same seed gives the same people."""
    luck = random.Random(seed)  # noqa: S311
    made = []
    for place in range(count):
        male = luck.random() < 0.45
        born = dt.date(1962, 1, 1) + dt.timedelta(days=place % 12000)
        work = dt.date(born.year + 23, 7, 1)
        joined = dt.date(min(born.year + 24, 2023), 3, 5)
        made.append(
            [
                f"{20000000 + place}",
                luck.choice(_SURNAMES) + "".join(luck.choices(_GIVEN, k=luck.choice((1, 2, 2)))),
                "男" if male else "女",
                born,
                identity_number(born=born, male=male, place=place // 12000 + place % 7 * 70),
                f"139{place:08d}",
                BRANCHES[place % len(BRANCHES)],
                luck.choice(("在编", "聘用制", "人事代理", "劳务派遣")),
                luck.choice(("教师", "管理岗", "教辅", "工勤")),
                luck.choice(("讲师", "副教授", "教授", "")),
                luck.choice(("汉族", "回族", "满族")),
                luck.choice(("中共党员", "群众", "民盟")),
                f"{work.year}/{work.month}/{work.day}",
                f"{joined.year}年{joined.month}月{joined.day}日",
                bank_card(place),
                "建设银行",
            ],
        )
    return made


# Column, what is planted there (a function of row and place), a word of the reason.
FAULTS: tuple[tuple[str, Callable[[list[Any], int], Any], str], ...] = (
    ("身份证号码", lambda row, _p: row[4][:-1] + ("0" if row[4][-1] != "0" else "1"), "校验码不对"),
    ("身份证号码", lambda row, _p: int(row[4][:-1] + "0"), "只保留 15 位"),
    ("身份证号码", lambda row, _p: row[4][:-2], "应为18位"),
    ("出生年月", lambda _row, _p: "1990年13月45日", "日历"),
    ("出生年月", lambda row, _p: row[3] + dt.timedelta(days=40), "与身份证号不一致"),
    ("性别", lambda _row, _p: "未知", "不在可填的值之内"),
    ("部门工会", lambda _row, _p: "幽灵分工会", "不在可填的值之内"),
    ("人员类别", lambda _row, _p: "神仙", "不在可填的值之内"),
    ("姓名", lambda _row, _p: "", "不能为空"),
    ("手机号码", lambda _row, _p: "1380013", "应为11位"),
    ("职工号", lambda _row, place: f"{20000000 + place - 1}", "与本文件第"),
    ("入会时间", lambda _row, _p: dt.date(2095, 1, 1), "尚未到来"),
)


def planted(sound: list[list[Any]], *, count: int) -> tuple[list[list[Any]], list[tuple[int, str, str]]]:
    """Return a copy of the rows with faults spread over it, and (sheet row, heading, a word of the reason) of each."""
    faulty = [list(row) for row in sound]
    wanted: list[tuple[int, str, str]] = []
    step = len(sound) // (count + 1)
    for number in range(count):
        place = (number + 1) * step
        heading, spoil, word = FAULTS[number % len(FAULTS)]
        faulty[place][HEADINGS.index(heading)] = spoil(sound[place], place)
        wanted.append((place + 2, heading, word))
    return faulty, wanted


def workbook(table: list[list[Any]], *, headings: tuple[str, ...] = HEADINGS) -> io.BytesIO:
    """Write the rows as xlsx the way an office does: dates as date cells, numbers as numbers."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    page = book.add_worksheet("人事信息")
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for number, row in enumerate([headings, *table]):
        for place, value in enumerate(row):
            if isinstance(value, dt.date):
                page.write_datetime(number, place, dt.datetime.combine(value, dt.time()), day)
            elif isinstance(value, int):
                page.write_number(number, place, value)
            else:
                page.write_string(number, place, value)
    book.close()
    file.seek(0)
    return file


def found_branches() -> None:
    """Make the branches that the sheet names."""
    for number, name in enumerate(BRANCHES, 1):
        tree.found_branch(code=f"{number:02d}", name=name, founded_on=dt.date(1950, 1, 1))


def sheet(headings: str, *rows: list[Any]) -> io.BytesIO:
    """Write a small sheet."""
    return workbook(list(rows), headings=tuple(headings.split()))


pytestmark = pytest.mark.django_db
