"""Files of people as other programs and offices leave them: read in full, or a fault that names the cell."""

import io

import pytest

from members.branches.models import BranchAssignment
from members.people.models import Person
from members.register.resources.people import PeopleResource
from tests.base.spreadsheets.handmade import row, sheet, workbook
from tests.factories import members as make
from union_portal.base.importing.preview import ImportRefused

pytestmark = pytest.mark.django_db


def test_a_merged_branch_counts_for_all_its_rows() -> None:
    make.branch(name="信息工程学院分工会")
    file = workbook(
        sheet(
            row(1, "工号", "姓名", "所属分工会", "入会时间"),
            row(2, "90000001", "测试甲", "信息工程学院分工会", "2020-01-01"),
            row(3, "90000002", "测试乙", "", "2020-01-01"),
            row(4, "90000003", "测试丙", "", "2020-01-01"),
            after='<mergeCells count="1"><mergeCell ref="C2:C4"/></mergeCells>',
        )
    )
    PeopleResource().confirm(file)
    held = BranchAssignment.objects.values_list("person__name", "branch__name")
    assert set(held) == {(f"测试{one}", "信息工程学院分工会") for one in "甲乙丙"}


def test_people_of_a_second_sheet_are_no_leavers() -> None:
    make.member(staff_number="90000002", name="测试乙")
    file = workbook(
        sheet(row(1, "工号", "姓名"), row(2, "90000001", "测试甲")),
        sheet(row(1, "工号", "姓名"), row(2, "90000002", "测试乙")),
        names=("在职", "离退休"),
    )
    preview = PeopleResource().preview(file)
    assert (preview.new, preview.unchanged, preview.leavers) == (1, 1, [])


def test_a_birth_date_whose_formula_has_no_result_is_a_fault() -> None:
    cell = '<c r="C2"><f>DATE(1985,10,1)</f></c>'
    file = workbook(sheet(row(1, "工号", "姓名", "出生日期"), row(2, "90000001", "测试甲", cell)))
    with pytest.raises(ImportRefused, match="第 2 行「出生日期」：公式"):
        PeopleResource().confirm(file)
    assert not Person.objects.exists()


def test_a_fixed_line_is_kept_and_a_word_that_is_not_used_is_named() -> None:
    lines = (
        "工号,姓名,部门,单位,联系电话,是否会员",
        "1,测试甲,物理,物理学院,0571-88012345,否",
        "2,测试乙,化学,化学学院,13800138000,否",
        "3,测试丙,数学,数学学院,88012345转806,否",
    )
    done = PeopleResource().confirm(io.BytesIO("\n".join(lines).encode()))
    assert done.ignored_columns == ["部门"]
    assert list(Person.objects.order_by("staff_number").values_list("department", "mobile")) == [
        ("物理学院", "0571-88012345"),
        ("化学学院", "13800138000"),
        ("数学学院", "88012345转806"),
    ]
    wrong = PeopleResource().preview(io.BytesIO("工号,姓名,联系电话\n4,测试丁,1380013800\n".encode()))
    assert [(fault.column, "11位" in fault.reason) for fault in wrong.faults] == [("mobile", True)]


def test_a_number_that_excel_wrapped_and_a_month_that_may_be_two() -> None:
    text = '工号,姓名,出生年月,是否会员\n"=""20239001""",测试甲,1985.10,否\n'
    PeopleResource().confirm(io.BytesIO(text.encode()))
    assert list(Person.objects.values_list("staff_number", flat=True)) == ["20239001"]
    wrong = PeopleResource().preview(io.BytesIO("工号,姓名,出生年月\n90000001,测试甲,1985.1\n".encode()))
    assert [(fault.column, "1985-10" in fault.reason) for fault in wrong.faults] == [("birth_date", True)]
