"""Branches, offices, changes of membership, groups, kin and totals come in by list, once each."""

import datetime as dt
from typing import Any

import pytest

from members import resources, services
from members.enums import MembershipEnd, Position, Relation
from members.models import Branch, Cohort, Kinship, Office, Person, SummaryRecord
from tests.factories import members as make
from tests.members import hr_spreadsheet as hr
from union_portal.base import figures
from union_portal.base.importing.kinds import kinds
from union_portal.base.importing.preview import ImportPreview, ImportRefused

pytestmark = pytest.mark.django_db
D = dt.date


def enter(resource: Any, headings: str, *rows: list[Any]) -> ImportPreview:
    """Import the rows and see that the same file changes nothing the second time."""
    file = hr.workbook(list(rows), headings=tuple(headings.split()))
    done: ImportPreview = resource().confirm(file)
    again = resource().confirm(file)
    assert (again.new, again.changed, again.unchanged) == (0, 0, len(rows))
    return done


def test_every_kind_is_registered_in_the_order_they_build_on_each_other() -> None:
    mine = [kind.kind.key for kind in kinds() if kind.kind.permission.startswith("members.")]
    assert mine[:2] == ["branches", "people"]
    assert set(mine) == {
        *("branches", "people", "memberships", "cohorts", "kinships", "offices", "summary_records"),
    }


def test_branches_come_as_a_tree() -> None:
    enter(
        resources.BranchResource,
        "编号 名称 类型 上级",
        ["00", "校工会", "校工会", ""],
        ["01", "文学院分工会", "分工会", "校工会"],
        ["01-1", "文学院第一小组", "工会小组", "01"],
    )
    group = Branch.objects.get(code="01-1")
    assert group.parent is not None
    assert str(group.parent.parent) == "校工会"


def test_a_missing_parent_is_a_fault_of_its_row() -> None:
    with pytest.raises(ImportRefused) as refusal:
        enter(resources.BranchResource, "编号 名称 上级", ["01", "文学院分工会", "幽灵"])
    assert [(fault.row, fault.column) for fault in refusal.value.preview.faults] == [(2, "parent")]
    assert not Branch.objects.exists()


def test_changes_of_membership_go_through_the_services() -> None:
    old, new = make.branch(name="文学院分工会"), make.branch(name="理学院分工会")
    for number in ("1", "2", "3", "4"):
        make.member(on=D(2015, 1, 1), branch=old, staff_number=number)
    make.person(staff_number="5")
    enter(
        resources.MembershipResource,
        "工号 变动类型 日期 分工会 对方单位",
        ["1", "转出", "2023-06-30", "", "邻校工会"],
        ["2", "退休", "2023-08-31", "", ""],
        ["3", "去世", "2023-05-04", "", ""],
        ["4", "分工会调整", "2023-09-01", "理学院分工会", ""],
        ["5", "入会", "2023-09-01", "理学院", ""],
    )
    day = D(2023, 9, 1)
    active = Person.objects.members(on=day).values_list("staff_number", flat=True)
    assert sorted(active) == ["4", "5"]
    assert Person.objects.in_branch([new], on=day).count() == 2
    out = Person.objects.get(staff_number="1").memberships.get()
    assert (out.ended_by, out.counterpart) == (MembershipEnd.TRANSFERRED_OUT, "邻校工会")


def test_one_refused_change_keeps_all_of_them_out() -> None:
    make.member(on=D(2015, 1, 1), staff_number="1", name="张三")
    make.person(staff_number="2", name="李四")
    with pytest.raises(ImportRefused) as refusal:
        enter(
            resources.MembershipResource,
            "工号 姓名 变动类型 日期",
            ["1", "张三", "退会", "2023-06-30"],
            ["2", "李四", "退会", "2023-06-30"],
            ["3", "王五", "入会", "2023-06-30"],
            ["1", "张四", "去世", "2023-06-30"],
        )
    assert {(fault.row, fault.column) for fault in refusal.value.preview.faults} >= {
        (3, "on"),
        (4, "staff_number"),
        (5, "name"),
    }
    assert Person.objects.members(on=D(2024, 1, 1)).count() == 1


def test_offices_begin_their_term() -> None:
    branch = make.branch(name="文学院分工会")
    for number in ("1", "2"):
        make.member(on=D(2015, 1, 1), branch=branch, staff_number=number)
    enter(
        resources.OfficeResource,
        "工号 分工会 职务 任职日期 本届届满",
        ["1", "文学院分工会", "主席", "2022-03-01", "2027-02-28"],
        ["2", "文学院", "女工委员", "2022-03-01", ""],
    )
    assert Office.objects.filter(term__branch=branch).count() == 2
    assert Office.objects.get(position=Position.CHAIR).term.ends_on == D(2027, 2, 28)


def test_groups_and_kin() -> None:
    make.member(staff_number="1", name="张三")
    make.member(staff_number="2", name="李四")
    enter(resources.CohortResource, "工号 群体 开始日期", ["1", "劳模", "2020-05-01"])
    enter(
        resources.KinshipResource,
        "工号 关系 亲属姓名 亲属工号",
        ["1", "配偶", "李四", "2"],
        ["1", "子女", "张小小", ""],
    )
    assert Cohort.objects.get().kind.name == "劳模"
    assert Kinship.objects.filter(person__staff_number="2", relation=Relation.SPOUSE).exists()
    assert Kinship.objects.count() == 4


def test_totals_come_by_kind() -> None:
    key = next(iter(figures.kinds()))
    enter(
        resources.SummaryResource,
        "类别 名称 起 止 人数 金额 约数 来源",
        [key, "会员", "2021-01-01", "2021-12-31", 517, "260,500.00", "余", "2021 年工作报告"],
    )
    record = SummaryRecord.objects.get()
    assert (record.kinds, record.heads, str(record.amount), record.approximation) == ([key], 517, "260500.00", "over")


def test_a_total_is_corrected_by_the_same_kinds_period_and_label() -> None:
    fields: dict[str, Any] = {"kinds": ["b", "a"], "period_start": D(2021, 1, 1), "period_end": D(2021, 12, 31)}
    services.record_summary(**fields, source="表", heads=10)
    services.record_summary(**fields, source="表", heads=12)
    assert SummaryRecord.objects.get().heads == 12
