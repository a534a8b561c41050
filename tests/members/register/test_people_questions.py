"""What the HR spreadsheet leaves open is asked, and what an officer should see is said before anything is saved."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from members.branches.models import BranchAssignment
from members.memberships.enums import MembershipStart
from members.memberships.models import Membership
from members.people.models import Person
from members.register.resources.people import PeopleResource
from tests.base.importing_samples import xlsx_file
from tests.factories import members as make
from tests.members.register.hr_spreadsheet import sheet
from union_portal.base.errors import DomainError
from union_portal.base.importing.preview import AnswersNeeded

D = dt.date


def asked(file: Any, **answers: str) -> list[str]:
    return [question.key for question in PeopleResource(answers=answers).preview(file).unanswered]


def test_newcomers_are_recorded_or_join_as_the_officer_says() -> None:
    make.branch(name="文学院分工会")
    file = sheet("工号 姓名 是否会员 来校时间 分工会", ["1", "张三", "是", "2026-09-01", "文学院"])
    assert asked(file) == ["newcomers"]
    with pytest.raises(AnswersNeeded, match="按什么登记"):
        PeopleResource().confirm(file)
    assert asked(file, newcomers="joined") == ["joined_on"]
    PeopleResource(answers={"newcomers": "joined", "joined_on": "2026-09-15"}).confirm(file)
    membership = Membership.objects.get()
    assert (membership.valid_from, membership.began_by) == (D(2026, 9, 15), MembershipStart.JOINED)
    assert BranchAssignment.objects.get().valid_from == D(2026, 9, 15)
    assert PeopleResource().confirm(file).unchanged == 1


def test_who_was_always_a_member_begins_with_the_day_at_the_school_or_the_one_that_is_told() -> None:
    file = sheet("工号 姓名 是否会员 来校时间", ["1", "张三", "是", "2019-09-01"], ["2", "李四", "是", ""])
    assert asked(file, newcomers="recorded") == ["recorded_on"]
    PeopleResource(answers={"newcomers": "recorded", "recorded_on": "2010-01-01"}).confirm(file)
    begun = set(Membership.objects.values_list("person__staff_number", "valid_from", "began_by"))
    recorded = MembershipStart.RECORDED
    assert begun == {("1", D(2019, 9, 1), recorded), ("2", D(2010, 1, 1), recorded)}


def test_a_file_that_says_all_is_asked_nothing_and_retirees_do_not_join_now() -> None:
    assert asked(sheet("工号 姓名 是否会员 入会时间", ["1", "张三", "是", "2019-09-01"], ["2", "李四", "否", ""])) == []
    retired = sheet("工号 姓名 是否会员 人员类别", ["3", "王五", "是", "退休"])
    assert asked(retired) == ["recorded_on"]


def test_a_day_to_come_is_refused_at_its_question() -> None:
    late = (timezone.localdate() + dt.timedelta(days=9)).isoformat()
    with pytest.raises(DomainError, match="尚未到来") as refused:
        PeopleResource(answers={"joined_on": late}).preview(sheet("工号 姓名", ["1", "张三"]))
    assert refused.value.field == "joined_on"


def test_people_move_on_the_day_that_was_answered() -> None:
    old, new = make.branch(name="文学院分工会"), make.branch(name="理学院分工会")
    person = make.member(on=D(2020, 3, 1), branch=old, staff_number="1", name="张三")
    file = sheet("工号 姓名 分工会", ["1", "张三", "理学院"])
    assert asked(file) == ["moved_on"]
    early = PeopleResource(answers={"moved_on": "2019-01-01"}).preview(file)
    assert [fault.column for fault in early.faults] == ["branch"]
    PeopleResource(answers={"moved_on": "2026-09-01"}).confirm(file)
    assert list(Person.objects.in_branch([new], on=D(2026, 9, 1))) == [person]
    assert list(Person.objects.in_branch([old], on=D(2026, 8, 31))) == [person]


def test_the_same_people_written_without_their_last_word_are_no_change() -> None:
    make.person(staff_number="1", name="张三", ethnicity="汉族")
    make.person(staff_number="2", name="李四", ethnicity="回")
    preview = PeopleResource().preview(sheet("工号 姓名 民族", ["1", "张三", "汉"], ["2", "李四", "回族"]))
    assert (preview.changed, preview.unchanged) == (0, 2)
    assert PeopleResource().preview(sheet("工号 姓名 民族", ["1", "张三", "满族"])).changed == 1


def test_who_becomes_no_member_and_who_changes_the_name_is_said() -> None:
    make.branch(name="文学院分工会")
    make.member(staff_number="9", name="白安妍")
    rows = ["1", "张三", "", "文学院"], ["2", "李四", "否", ""], ["9", "白安研", "", ""]
    preview = PeopleResource().preview(sheet("工号 姓名 是否会员 分工会", *rows))
    said = {(warning.row, warning.column): warning.reason for warning in preview.warnings}
    assert said[2, "member"] == "没有填写，按非会员登记，不建会籍，但仍列入文学院分工会"
    assert said[3, "member"].startswith("填的是“否”，按非会员登记")
    assert "白安妍改为白安研" in said[4, "name"]
    assert (preview.faulty, len(said)) == (0, 3)


def test_a_new_row_shows_every_cell_that_will_be_saved() -> None:
    preview = PeopleResource().preview(sheet("工号 姓名 职称 民族", ["1", "张三", "讲师", "汉族"]))
    assert [(change.label, change.new) for change in preview.rows[0].changes] == [
        ("工号", "1"),
        ("姓名", "张三"),
        ("职称", "讲师"),
        ("民族", "汉族"),
    ]


def test_a_number_cell_is_shown_as_the_sheet_shows_it() -> None:
    preview = PeopleResource().preview(xlsx_file(["工号", "姓名", "出生日期"], [20269005, "张三", 3]))
    assert [(fault.label, fault.value) for fault in preview.faults] == [("出生日期", "3")]
    assert preview.rows[0].label == "20269005 张三"


pytestmark = pytest.mark.django_db
