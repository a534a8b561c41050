"""Single grants of a term, as a school brings them in by its list of earlier years."""

import datetime as dt
import io

from members.people.models import Person
from tests.factories import members
from tests.seeds.facts import Fact
from union_portal.accounts.enums import Role
from union_portal.base.importing.kinds import kind
from union_portal.base.periods import Period
from union_portal.base.spreadsheets.writing import write_xlsx

TERM = Period(dt.date(2019, 1, 1), dt.date(2024, 12, 31))
RETIRED, STAYS = 40, 131
HEADINGS = (
    "工号",
    "姓名",
    "福利项目",
    "事件日期",
    "与本人关系",
    "日期",
    "金额（元）",
    "审批人",
    "审批日期",
    "审批文号",
)
FACTS = (
    Fact("003-23", "welfare.retirement", "慰问当年退休教职工40人", TERM, RETIRED, RETIRED, RETIRED),
    Fact("003-24", "welfare.retirement", "慰问当年退休教职工40人，合计2.04万元", TERM, RETIRED, amount="20400"),
    Fact("003-32", "welfare.hospital", "慰问因病住院会员", TERM, STAYS, times=STAYS),
    Fact("003-33", "welfare.hospital", "合计6.03万元", TERM, STAYS, amount="60260"),
)


def enter() -> None:
    """Bring in who retired and whose stays in hospital, the own and those of kin, were seen to in six years."""
    rows, relations = [], ("", "父母", "配偶", "")
    for number in range(RETIRED):
        person, on = members.member(), dt.date(2019 + number % 6, 6, 1 + number % 28)
        rows.append(_row(person, "退休纪念品", on, "", "510.00"))
    people = [members.member() for _number in range(60)]
    for number in range(STAYS):
        on = dt.date(2019 + number % 6, 1 + number // 12, 1 + number % 28)
        rows.append(_row(people[number % 60], "住院慰问", on, relations[number % 4], "460.00"))
    file = io.BytesIO(write_xlsx(headings=HEADINGS, rows=rows))
    kind("grants")(actor=members.account_with_role(Role.WELFARE)).confirm(file)


def _row(person: Person, benefit: str, on: dt.date, relation: str, yuan: str) -> tuple[object, ...]:
    document = f"工会慰问审批表〔{on.year}〕"
    return (person.staff_number, person.name, benefit, on, relation, on, yuan, "主席", on, document)
