"""Branches and offices come by list."""

import pytest

from members.branches import resources as branches_resources
from members.branches.enums import Position
from members.branches.models import Branch, Office
from tests.factories import members as make
from tests.members.lists import enter
from tests.members.register.test_lists import D
from union_portal.base.importing.preview import ImportRefused


def test_branches_come_as_a_tree() -> None:
    enter(
        branches_resources.BranchResource,
        "编号 名称 类型 上级",
        ["00", "校工会", "校工会", ""],
        ["01", "文学院分工会", "分工会", "校工会"],
        ["01-1", "文学院第一小组", "工会小组", "01"],
        founded_on="1996-09-01",
    )
    assert {branch.founded_on for branch in Branch.objects.all()} == {D(1996, 9, 1)}
    group = Branch.objects.get(code="01-1")
    assert group.parent is not None
    assert str(group.parent.parent) == "校工会"


def test_a_missing_parent_is_a_fault_of_its_row() -> None:
    with pytest.raises(ImportRefused) as refusal:
        enter(branches_resources.BranchResource, "编号 名称 上级", ["01", "文学院分工会", "幽灵"])
    assert [(fault.row, fault.column) for fault in refusal.value.preview.faults] == [(2, "parent")]
    assert not Branch.objects.exists()


def test_offices_begin_their_term() -> None:
    branch = make.branch(name="文学院分工会")
    for number in ("1", "2"):
        make.member(on=D(2015, 1, 1), branch=branch, staff_number=number)
    enter(
        branches_resources.OfficeResource,
        "工号 分工会 职务 任职日期 本届届满",
        ["1", "文学院分工会", "主席", "2022-03-01", "2027-02-28"],
        ["2", "文学院", "女工委员", "2022-03-01", ""],
    )
    assert Office.objects.filter(term__branch=branch).count() == 2
    assert Office.objects.get(position=Position.CHAIR).term.ends_on == D(2027, 2, 28)


def test_a_list_of_offices_corrects_the_end_and_the_term() -> None:
    make.member(on=D(2015, 1, 1), branch=make.branch(name="文学院分工会"), staff_number="1")
    headings = "工号 分工会 职务 任职日期 离任日期 本届届满"
    for until, ends in (("", "2027-02-28"), ("2026-05-31", "2027-08-31")):
        row = ["1", "文学院分工会", "主席", "2022-03-01", until, ends]
        enter(branches_resources.OfficeResource, headings, row)
    office = Office.objects.get()
    assert (office.valid_to, office.term.ends_on) == (D(2026, 5, 31), D(2027, 8, 31))


pytestmark = pytest.mark.django_db
