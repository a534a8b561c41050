"""Services: what real reports say of them is counted from rows; where only numbers are kept nobody is named."""

import datetime as dt
import io
from decimal import Decimal
from typing import Any

import pytest

from tests.factories import members
from union_portal.accounts.enums import Role
from union_portal.base import figures
from union_portal.base.errors import DomainError
from union_portal.base.figures import Figure, FigureRequest
from union_portal.base.importing.preview import Status
from union_portal.base.periods import Period
from union_portal.base.spreadsheets.writing import write_xlsx
from union_portal.base.steps import record
from welfare.service_records.enums import Stage
from welfare.service_records.models import ServiceKind, ServiceRecord
from welfare.service_records.resources import ServiceList

YEAR = Period.year(2023)
JUNE = dt.date(2023, 6, 20)


def service(kind: str, title: str, **told: Any) -> ServiceRecord:
    found = ServiceKind.objects.get(code=kind)
    return record(ServiceRecord(**{"kind": found, "title": title, "held_on": JUNE, **told}), actor=None)


def counted(*keys: str) -> list[Figure]:
    return figures.count([FigureRequest(key, (key,), YEAR) for key in keys])


# What seeds 004-60, 004-61, 004-62, 004-63, 004-96 and 003-41 tell.
def test_facts_of_real_reports_are_counted_from_rows() -> None:
    parents = [members.person() for _number in range(6)]
    people = [service("child_schooling", "升学协调", stage=Stage.MIDDLE, person=one) for one in parents[:4]]
    people += [service("child_schooling", "升学协调", stage=Stage.HIGH, person=one) for one in parents[4:]]
    service("child_schooling", "升学协调", stage=Stage.HIGH, person=parents[0], served=2)
    service("consultation", "教职工子女升学政策咨询会", served=90)
    service("consultation", "高考志愿填报咨询会", held_on=JUNE + dt.timedelta(days=1), served=60)
    service("housing", "协助解决临时性住房问题", person=parents[5], amount=800)
    service("counselling", "心理减压沙龙", served=25)
    service("lecture", "明年的讲座", held_on=dt.date(2024, 1, 1))
    stem = "welfare.services.child_schooling"
    whole, middle, high, meetings, housing = counted(
        *(stem, f"{stem}.middle", f"{stem}.high", "welfare.services.consultation", "welfare.services.housing")
    )
    assert (whole.times, whole.heads) == (7, 6)
    assert (middle.times, middle.heads) == (4, 4)
    assert (high.times, high.heads) == (3, 3)
    assert meetings.times == 2
    assert (housing.heads, housing.amount) == (1, Decimal(800))
    reached, everything = counted("welfare.services_reached.child_schooling", "welfare.services_reached")
    assert reached.times == 8
    assert everything.times == 8 + 90 + 60 + 1 + 25
    asked = FigureRequest("rows", (f"{stem}.middle",), YEAR)
    assert figures.rows(asked, members.account_with_role(Role.WELFARE)).records.count() == 4


def test_where_only_numbers_are_kept_nobody_is_named() -> None:
    with pytest.raises(DomainError, match="心理服务只登记人数"):
        service("counselling", "个别咨询", person=members.person())
    with pytest.raises(DomainError, match="只登记人数"):
        service("legal", "劳动合同咨询", whom="丙")
    assert not ServiceRecord.objects.exists()


def test_a_list_names_people_by_their_numbers_and_is_read_again_without_doubles() -> None:
    one, other = members.person(), members.person()
    rows = [("小升初", "子女入学", "2023-06-20", "小升初", one.staff_number)]
    rows.append(("小升初", "子女入学", "2023-06-20", "小升初", other.staff_number))
    headings, actor = ("事项", "服务类别", "日期", "入学阶段", "工号"), members.account_with_role(Role.WELFARE)
    file = write_xlsx(headings=headings, rows=rows)
    assert ServiceList(actor=actor).confirm(io.BytesIO(file)).counts[Status.NEW] == 2
    assert {one.whom for one in ServiceRecord.objects.all()} == {one.staff_number, other.staff_number}
    assert ServiceList(actor=actor).preview(io.BytesIO(file)).counts[Status.UNCHANGED] == 2


pytestmark = pytest.mark.django_db
