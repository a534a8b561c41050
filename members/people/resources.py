"""How spreadsheets name people: number and name columns, synonyms of values, look-ups by number."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, ClassVar

from members.people.enums import Employment, Gender, MaritalState, PoliticalStatus, PostCategory
from members.people.models import Person
from union_portal.base.identity import IdentityKind
from union_portal.base.importing.lookups import LOOKUPS
from union_portal.base.importing.rows import Row
from union_portal.base.importing.services import RowResource
from union_portal.base.spreadsheets.columns import Column
from union_portal.base.spreadsheets.parsers import Code, Name, spoken

# Two people may share a name: files tell a person by the staff number.
LOOKUPS[Person] = ("staff_number",)

GENDER = spoken({Gender.MALE: "男 男性 m", Gender.FEMALE: "女 女性 f"})
EMPLOYMENT = spoken(
    {
        Employment.ESTABLISHED: "在编 事业编 事业编制 正式 在编在岗",
        Employment.CONTRACT: "聘用 聘用制 合同 合同制 编外 校聘",
        Employment.AGENCY: "人事代理 代理",
        Employment.DISPATCHED: "劳务派遣 派遣",
        Employment.POSTDOC: "博士后",
        Employment.REHIRED: "返聘",
        Employment.RETIRED: "退休 退休人员 离退休",
        Employment.VETERAN_RETIRED: "离休",
        Employment.OTHER: "其他 其它",
    }
)
POST = spoken(
    {
        PostCategory.TEACHER: "专任教师 教师 教师岗 教学科研岗 教学科研",
        PostCategory.MANAGEMENT: "管理 管理岗 管理人员 行政 行政人员",
        PostCategory.SUPPORT: "教辅 教辅岗 教辅人员 其他专技 其他专业技术 实验",
        PostCategory.WORKER: "工勤 工勤岗 工勤人员 工勤技能",
    }
)
POLITICAL = spoken(
    {
        PoliticalStatus.PARTY: "中共党员 党员 中国共产党党员",
        PoliticalStatus.PROBATIONARY: "预备党员 中共预备党员",
        PoliticalStatus.LEAGUE: "团员 共青团员",
        PoliticalStatus.DEMOCRATIC: "民主党派 民革 民盟 民建 民进 农工党 致公党 九三学社 台盟",
        PoliticalStatus.INDEPENDENT: "无党派 无党派人士",
        PoliticalStatus.MASSES: "群众",
    }
)
IDENTITY_KIND = spoken(
    {
        IdentityKind.RESIDENT: "身份证 二代身份证 居民身份证件",
        IdentityKind.RESIDENCE_PERMIT: "港澳台居住证 港澳居民居住证 台湾居民居住证",
        IdentityKind.FOREIGN_PERMANENT: "外国人永久居留证 永久居留身份证 永居证",
        IdentityKind.PASSPORT: "外国护照 中国护照 普通护照",
        IdentityKind.HK_MACAO_PERMIT: "港澳通行证 回乡证 港澳居民来往内地通行证（回乡证）",
        IdentityKind.TAIWAN_PERMIT: "台胞证 台湾通行证",
    }
)
MARITAL = spoken(
    {
        MaritalState.SINGLE: "未婚 单身",
        MaritalState.MARRIED: "已婚 初婚 再婚",
        MaritalState.DIVORCED: "离异 离婚",
        MaritalState.WIDOWED: "丧偶",
    }
)


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


class OfPersonResource(RowResource):
    """Rows about people, each told by the staff number, which is the first key column."""

    people: Mapping[str, Person]
    number_columns: ClassVar[tuple[str, ...]] = ("staff_number",)

    def known(self, people: Iterable[Person]) -> Mapping[tuple[Any, ...], tuple[Any, Mapping[str, Any]]]:
        """Return by person and the other keys the record's key and what it holds."""
        raise NotImplementedError

    def whole(self) -> Iterator[list[Any]]:
        """Yield the records of everybody who has a staff number, the earliest first."""
        self.prepare()
        people = Person.objects.filter(staff_number__isnull=False)
        named = {person.pk: person for person in people.only("pk", "staff_number", "name")}
        for (pk, *rest), (_key, held) in self.known(people).items():
            keys = dict(zip(self.key_columns, (named[pk].staff_number, *rest), strict=True))
            yield self.cells({"name": named[pk].name, **keys, **held})

    def current_values(self, rows: Sequence[Row]) -> None:
        """Find the people, and the records by their keys."""
        self.people = people_by_number(row.values[key] for row in rows for key in self.number_columns if row.get(key))
        known = self.known(self.people.values())
        for row in rows:
            person = self.people.get(row.values["staff_number"])
            key = (person.pk if person else None, *(row.values[name] for name in self.key_columns[1:]))
            if key in known:
                row.pk, held = known[key]
                # An emptied text is nothing, as an emptied cell is.
                row.current = row.values | {name: None if value == "" else value for name, value in held.items()}

    def clean_row(self, row: Row) -> None:
        """Refuse unknown people."""
        person_of(row, self.people)
