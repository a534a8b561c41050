"""Changes of membership come by list."""

import pytest

from members.memberships.enums import MembershipEnd
from members.people.models import Person
from members.register.resources.memberships import MembershipResource
from tests.factories import members as make
from tests.members.lists import enter
from tests.members.register.test_lists import D
from union_portal.base.importing.preview import ImportRefused


def test_changes_of_membership_go_through_the_services() -> None:
    old, new = make.branch(name="文学院分工会"), make.branch(name="理学院分工会")
    for number in ("1", "2", "3", "4"):
        make.member(on=D(2015, 1, 1), branch=old, staff_number=number)
    make.person(staff_number="5")
    enter(
        MembershipResource,
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
            MembershipResource,
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


pytestmark = pytest.mark.django_db
