"""How spreadsheets name the register's own vocabulary: synonyms of values, and words that stand for rows."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from members.enums import Employment, Gender, MaritalState, PoliticalStatus, PostCategory
from members.models import Branch, Person
from union_portal.base.spreadsheets.parsers import Choice

GENDER = {"男": Gender.MALE, "女": Gender.FEMALE, "男性": Gender.MALE, "女性": Gender.FEMALE} | {
    "m": Gender.MALE,
    "f": Gender.FEMALE,
}
EMPLOYMENT = {
    "在编": Employment.ESTABLISHED,
    "事业编": Employment.ESTABLISHED,
    "事业编制": Employment.ESTABLISHED,
    "正式": Employment.ESTABLISHED,
    "在编在岗": Employment.ESTABLISHED,
    "聘用": Employment.CONTRACT,
    "聘用制": Employment.CONTRACT,
    "合同": Employment.CONTRACT,
    "合同制": Employment.CONTRACT,
    "编外": Employment.CONTRACT,
    "校聘": Employment.CONTRACT,
    "人事代理": Employment.AGENCY,
    "代理": Employment.AGENCY,
    "劳务派遣": Employment.DISPATCHED,
    "派遣": Employment.DISPATCHED,
    "博士后": Employment.POSTDOC,
    "返聘": Employment.REHIRED,
    "退休": Employment.RETIRED,
    "退休人员": Employment.RETIRED,
    "离退休": Employment.RETIRED,
    "离休": Employment.VETERAN_RETIRED,
    "其他": Employment.OTHER,
    "其它": Employment.OTHER,
}
POST = {
    "专任教师": PostCategory.TEACHER,
    "教师": PostCategory.TEACHER,
    "教师岗": PostCategory.TEACHER,
    "教学科研岗": PostCategory.TEACHER,
    "教学科研": PostCategory.TEACHER,
    "管理": PostCategory.MANAGEMENT,
    "管理岗": PostCategory.MANAGEMENT,
    "管理人员": PostCategory.MANAGEMENT,
    "行政": PostCategory.MANAGEMENT,
    "行政人员": PostCategory.MANAGEMENT,
    "教辅": PostCategory.SUPPORT,
    "教辅岗": PostCategory.SUPPORT,
    "教辅人员": PostCategory.SUPPORT,
    "其他专技": PostCategory.SUPPORT,
    "其他专业技术": PostCategory.SUPPORT,
    "实验": PostCategory.SUPPORT,
    "工勤": PostCategory.WORKER,
    "工勤岗": PostCategory.WORKER,
    "工勤人员": PostCategory.WORKER,
    "工勤技能": PostCategory.WORKER,
}
POLITICAL = {
    "中共党员": PoliticalStatus.PARTY,
    "党员": PoliticalStatus.PARTY,
    "中国共产党党员": PoliticalStatus.PARTY,
    "预备党员": PoliticalStatus.PROBATIONARY,
    "中共预备党员": PoliticalStatus.PROBATIONARY,
    "团员": PoliticalStatus.LEAGUE,
    "共青团员": PoliticalStatus.LEAGUE,
    "民主党派": PoliticalStatus.DEMOCRATIC,
    "无党派": PoliticalStatus.INDEPENDENT,
    "无党派人士": PoliticalStatus.INDEPENDENT,
    "群众": PoliticalStatus.MASSES,
} | dict.fromkeys(
    ("民革", "民盟", "民建", "民进", "农工党", "致公党", "九三学社", "台盟"),
    PoliticalStatus.DEMOCRATIC,
)
MARITAL = {
    "未婚": MaritalState.SINGLE,
    "单身": MaritalState.SINGLE,
    "已婚": MaritalState.MARRIED,
    "初婚": MaritalState.MARRIED,
    "再婚": MaritalState.MARRIED,
    "离异": MaritalState.DIVORCED,
    "离婚": MaritalState.DIVORCED,
    "丧偶": MaritalState.WIDOWED,
}


class BranchChoice(Choice):
    """The branches standing on a day; shows those of other days by name too."""

    def show(self, value: Any) -> str:
        """Return the branch's name."""
        if value is None or value in self.choices:
            return super().show(value)
        return str(Branch.objects.filter(pk=value).values_list("name", flat=True).first() or value)


def branch_parser(*, on: dt.date) -> BranchChoice:
    """Return a parser of the branches standing on the day, by name, code or the name without 分工会."""
    rows = list(Branch.objects.standing(on=on).values_list("pk", "name", "code"))
    names = {pk: name for pk, name, _code in rows}
    words: dict[str, Any] = {}
    doubled: set[str] = set()
    for pk, name, _code in rows:
        for ending in ("分工会", "工会小组", "工会", "小组"):
            short = name.removesuffix(ending)
            if short != name and short:
                if words.setdefault(short, pk) != pk:
                    doubled.add(short)
                words.setdefault(f"{short}分工会", pk)
                words.setdefault(f"{short}工会", pk)
    for short in doubled:
        del words[short]
    words |= {code: pk for pk, _name, code in rows} | {name: pk for pk, name, _code in rows}
    return BranchChoice(names, synonyms=words)


def people_by_number(numbers: Iterable[str]) -> Mapping[str, Person]:
    """Return the people with these staff numbers, in one query."""
    found = Person.objects.filter(staff_number__in=set(numbers))
    return {str(person.staff_number): person for person in found}


def nobody(number: str) -> str:
    """Say that no such staff number is registered."""
    return f"名册中没有工号 {number}，请先导入人员"
