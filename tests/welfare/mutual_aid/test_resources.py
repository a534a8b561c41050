"""Covers come by list."""

import datetime as dt
import io
from decimal import Decimal

import pytest

from members.memberships.services import steps as memberships
from members.people.models import Person
from tests.factories import members
from union_portal.base.importing.preview import ImportRefused
from union_portal.base.spreadsheets.writing import write_xlsx
from welfare.mutual_aid.models import Cover
from welfare.mutual_aid.resources import CoverList


def test_covers_come_in_with_the_plans_own_end() -> None:
    person = members.member(gender="male")
    headings = ("工号", "姓名", "保障计划", "起始日期", "缴费日期", "保费", "来源")
    rows = [(person.staff_number, person.name, "在职职工重大疾病互助保障计划", dt.date(2022, 7, 1), "", 95, "清单")]
    CoverList().confirm(io.BytesIO(write_xlsx(headings=headings, rows=rows)))
    cover = Cover.objects.get()
    assert (cover.ends_on, cover.premium) == (dt.date(2023, 6, 30), Decimal(95))
    women = [(person.staff_number, person.name, "在职女职工特殊疾病互助保障计划", dt.date(2022, 7, 1), "", 95, "清单")]
    with pytest.raises(ImportRefused):
        CoverList().confirm(io.BytesIO(write_xlsx(headings=headings, rows=women)))


def test_a_list_names_the_row_that_overlaps_and_the_person_who_has_left() -> None:
    covered, left = members.member(gender="female"), members.member(gender="female")
    memberships.leave(person=left, on=dt.date(2022, 1, 31))
    headings = ("工号", "姓名", "保障计划", "起始日期", "缴费日期", "保费", "来源")
    plan = "在职女职工特殊疾病互助保障计划"

    def rows(*told: tuple[Person, dt.date]) -> io.BytesIO:
        lines = [(person.staff_number, person.name, plan, day, "", 60, "清单") for person, day in told]
        return io.BytesIO(write_xlsx(headings=headings, rows=lines))

    CoverList().confirm(rows((covered, dt.date(2022, 7, 1))))
    again = CoverList().preview(
        rows((covered, dt.date(2023, 7, 1)), (covered, dt.date(2024, 7, 1)), (left, dt.date(2022, 7, 1)))
    )
    told = {(fault.row, fault.reason) for fault in again.faults}
    assert (2, "与已有保障（2022-07-01 至 2024-06-30）的保障期重叠") in told
    assert any(row == 3 and "与第 2 行" in reason for row, reason in told)
    assert any(row == 4 and "已不是会员" in reason for row, reason in told)


pytestmark = pytest.mark.django_db
