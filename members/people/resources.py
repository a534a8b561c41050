"""How spreadsheets name people: number and name columns, synonyms of values, look-ups by number."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from members.people.enums import Employment, Gender, MaritalState, PoliticalStatus, PostCategory
from members.people.models import Person
from union_portal.base.importing.rows import Row
from union_portal.base.spreadsheets.columns import Column
from union_portal.base.spreadsheets.parsers import Code, Name

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


def people_by_number(numbers: Iterable[str]) -> Mapping[str, Person]:
    """Return the people with these staff numbers, in one query."""
    found = Person.objects.filter(staff_number__in=set(numbers))
    return {str(person.staff_number): person for person in found}


def nobody(number: str) -> str:
    """Say that no such staff number is registered."""
    return f"名册中没有工号 {number}，请先导入人员"


STAFF_NUMBER = Column(
    key="staff_number",
    label="工号",
    synonyms=("职工号", "教工号", "人员编号", "教职工号", "员工编号", "员工号", "职工编号", "人事编号", "教师工号"),
    parser=Code(longest=32),
    required=True,
    example="20230001",
)
NAME = Column(
    key="name",
    label="姓名",
    synonyms=("教工姓名", "职工姓名", "会员姓名", "名字", "教职工姓名"),
    parser=Name(),
    required=True,
    example="李小明",
)
# Lists may repeat the name beside the number; it is compared then.
OPTIONAL_NAME = replace(NAME, required=False)


def person_of(row: Row, people: Any) -> Person | None:
    """Return the row's person; a fault says when the number is unknown or the name is somebody else's."""
    number = row.values.get("staff_number")
    if number is None:
        return None
    person: Person | None = people.get(number)
    if person is None:
        row.fault("staff_number", nobody(number))
    elif row.values.get("name") not in (None, person.name):
        row.fault("name", f"名册中这个工号是{person.name}")
    return person
