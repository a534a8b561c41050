"""A school's year 2022 as the files it would bring: invented people, every fact of the year as rows.

The register changes through the year, so that every hand-out has its own number of members beside it.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from union_portal.base.spreadsheets.writing import write_csv, write_xlsx
from union_portal.demo.services.names import invent

BRANCHES = ("机关分工会", "机电学院分工会", "航运学院分工会", "经管学院分工会")
SPRING, FRONTLINE = dt.date(2022, 1, 24), dt.date(2022, 1, 30)
INSURED_WOMEN, INSURED = dt.date(2022, 4, 1), dt.date(2022, 7, 1)
SUMMER, MID_AUTUMN = dt.date(2022, 7, 20), dt.date(2022, 9, 8)
END = dt.date(2022, 12, 31)
APPROVAL = ("工会主席", "工会〔2022〕3号")
GRANTS = (
    "工号",
    "姓名",
    "福利项目",
    "节日与活动",
    "事件日期",
    "与本人关系",
    "日期",
    "金额",
    "审批人",
    "审批文号",
    "来源",
)
# What the files do not say and the command asks: the branches are older than the year.
ANSWERS = {"branches": ("founded_on=1990-09-01",)}
COVERS = ("工号", "姓名", "险种", "生效日期", "缴费日期", "保费", "审批人", "审批文号", "来源")


@dataclass
class Member:
    """Somebody invented: a member from the day, until the day if there is one."""

    number: str
    name: str
    gender: str
    birth: dt.date
    branch: str
    joined: dt.date
    way: str = ""
    left: dt.date | None = None
    left_by: str = ""

    def on(self, day: dt.date) -> bool:
        """Tell whether a member on the day."""
        return self.joined <= day and (self.left is None or day <= self.left)


@dataclass
class SchoolYear:
    """The year: 520 members in January, 33 newcomers, 15 who leave."""

    people: list[Member] = field(default_factory=list)

    def members(self, day: dt.date) -> list[Member]:
        """Return the members of the day."""
        return [person for person in self.people if person.on(day)]

    def women(self, day: dt.date) -> list[Member]:
        """Return the women among the members of the day."""
        return [person for person in self.members(day) if person.gender == "女"]


def school_year() -> SchoolYear:
    """Make the people: the same ones every time."""
    random, year = Random(517), SchoolYear()  # noqa: S311 - the same school every time
    for number in range(553):
        gender = "女" if number % 50 < 31 else "男"
        name = invent(random, gender="female" if gender == "女" else "male")
        birth = dt.date(1962 + number % 35, number % 12 + 1, number % 28 + 1)
        branch = BRANCHES[number % 4]
        joined = dt.date(min(birth.year + 24 + number % 9, 2021), 9, 1)
        year.people.append(Member(f"2004{number:04d}", name, gender, birth, branch, joined))
    for place, person in enumerate(year.people[520:]):
        person.joined = dt.date(2022, 2, 21) + dt.timedelta(days=6 * place) if place < 31 else dt.date(2022, 10, 11)
        person.way = "转入" if place % 4 == 0 else "入会"
    leaving = [("退休", dt.date(2022, month, 28)) for month in range(1, 13)]
    leaving += [("转出", dt.date(2022, 5, 16)), ("转出", dt.date(2022, 10, 20)), ("去世", dt.date(2022, 11, 2))]
    for person, (way, day) in zip(year.people[100:], leaving, strict=False):
        person.left, person.left_by = day, way
    return year


def write_files(year: SchoolYear, folder: Path) -> list[tuple[str, Path]]:
    """Write the files and return (kind, file) in the order in which they are imported."""
    return [
        ("branches", _xlsx(folder / "分工会.xlsx", ("编号", "名称"), list(enumerate(BRANCHES, start=11)))),
        ("people", _xlsx(folder / "人员.xlsx", *_people(year))),
        ("memberships", _csv(folder / "会籍变动.csv", *_changes(year))),
        ("grants", _xlsx(folder / "春节.xlsx", GRANTS, _round(year, SPRING, 517, "春节慰问品", "2022年春节", 500))),
        ("grants", _csv(folder / "中秋.csv", GRANTS, _round(year, MID_AUTUMN, 542, "中秋节慰问品", "2022年中秋", 300))),
        ("grants", _xlsx(folder / "其他慰问.xlsx", GRANTS, _others(year))),
        ("covers", _xlsx(folder / "参保.xlsx", COVERS, _covers(year))),
        ("summary_records", _csv(folder / "汇总.csv", *_totals())),
    ]


def _xlsx(path: Path, headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> Path:
    path.write_bytes(write_xlsx(headings=headings, rows=rows))
    return path


def _csv(path: Path, headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> Path:
    path.write_bytes(write_csv(headings=headings, rows=rows))
    return path


def _people(year: SchoolYear) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
    headings = ("职工号", "姓名", "性别", "出生年月", "部门工会", "是否会员", "入会时间")
    rows = [
        (
            one.number,
            one.name,
            one.gender,
            one.birth,
            one.branch,
            "否" if one.way else "是",
            "" if one.way else one.joined,
        )
        for one in year.people
    ]
    return headings, rows


def _changes(year: SchoolYear) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
    rows = [
        (one.number, one.name, one.way, one.joined, "云麓市总工会" if one.way == "转入" else "")
        for one in year.people
        if one.way
    ]
    rows += [(one.number, one.name, one.left_by, one.left, "") for one in year.people if one.left]
    return ("工号", "姓名", "变动类型", "日期", "对方单位"), rows


def _grant(one: Member, benefit: str, day: dt.date, amount: Any, **cells: Any) -> tuple[Any, ...]:
    told = dict(zip(GRANTS, (one.number, one.name, benefit, "", "", "", day, amount, *APPROVAL, "签收表"), strict=True))
    return tuple((told | cells).values())


def _round(
    year: SchoolYear, day: dt.date, heads: int, benefit: str, occasion: str, amount: int
) -> list[tuple[Any, ...]]:
    return [_grant(one, benefit, day, amount, 节日与活动=occasion) for one in year.members(day)[:heads]]


def _others(year: SchoolYear) -> Iterable[tuple[Any, ...]]:
    yield from _round(year, SUMMER, 80, "夏送清凉", "2022年夏送清凉", 100)
    yield from _round(year, FRONTLINE, 26, "一线慰问", "2022年春节抗疫一线", 200)
    for month in range(1, 13):
        day = dt.date(2022, month, 5)
        for one in year.members(day):
            if one.birth.month == month:
                yield _grant(one, "生日蛋糕券", day, 200, 节日与活动=f"2022年{month}月生日")
    staying = [one for one in year.members(SPRING) if one.on(END)]
    for place, one in enumerate(staying[:26]):
        day = dt.date(2022, 2, 10) + dt.timedelta(days=11 * place)
        if place < 8:
            yield _grant(one, "结婚慰问", day, 600, 事件日期=day - dt.timedelta(days=9))
        elif place < 12:
            yield _grant(one, "生育慰问", day, 1000, 事件日期=day - dt.timedelta(days=20))
        elif place < 18:
            yield _grant(one, "住院慰问", day, 1500, 事件日期=day - dt.timedelta(days=5), 来源="关爱基金")
        else:
            yield _grant(one, "亲属去世慰问", day, 1000, 事件日期=day - dt.timedelta(days=3), 与本人关系="父亲")
    for one in year.people:
        if one.left_by == "退休":
            yield _grant(one, "退休纪念品", one.left or END, 800, 事件日期=one.left)


def _covers(year: SchoolYear) -> Iterable[tuple[Any, ...]]:
    plans = (
        ("在职女职工特殊疾病互助保障计划", INSURED_WOMEN, year.women(INSURED_WOMEN)[:319], 60),
        ("在职职工重大疾病互助保障计划", INSURED, year.members(INSURED)[:511], 80),
    )
    for plan, day, people, premium in plans:
        for one in people:
            yield (one.number, one.name, plan, day, day, premium, *APPROVAL, "参保名单")


def _totals() -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
    headings = ("类别", "名称", "起", "止", "人数", "人次", "金额", "约数", "未开展原因", "来源")
    whole = ("2022-01-01", "2022-12-31")
    events = "welfare.wedding、welfare.birth、welfare.retirement、welfare.bereavement"
    return headings, [
        (events, "婚育退丧", "2021-10-01", "2022-09-30", 325, "", "260500", "", "", "财务明细"),
        ("welfare.health_check", "", *whole, "", 1, "", "", "", "合作医院体检安排"),
        ("welfare.recuperation", "", *whole, "", "", "", "", "因疫情防控要求未组织", "工会委员会纪要"),
    ]
