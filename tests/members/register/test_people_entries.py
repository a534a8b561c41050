"""What the HR spreadsheet does to memberships is recorded as what the screen does."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from members.memberships.enums import Correction, MembershipChange
from members.memberships.models import RegisterEntry
from members.memberships.services import corrections
from members.people.models import Person
from members.people.services import correct_reading
from members.register.resources.people import PeopleResource
from tests.factories import members as make
from tests.members.register.hr_spreadsheet import sheet
from union_portal.accounts.enums import Role

D = dt.date


def test_joins_moves_and_retirees_by_list_leave_the_entries_that_the_screen_leaves() -> None:
    old, new = make.branch(name="文学院分工会"), make.branch(name="理学院分工会")
    moved = make.member(on=D(2020, 3, 1), branch=old, staff_number="1", name="张三")
    officer = make.account_with_role(Role.ORGANISATION)
    rows = [
        ["1", "张三", "理学院", "", "", ""],
        ["2", "李四", "理学院", "2025-09-01", "", ""],
        ["3", "王五", "理学院", "1985-09-01", "退休", "2020-06-30"],
        ["4", "赵六", "理学院", "", "", ""],
    ]
    resource = PeopleResource(actor=officer, answers={"moved_on": "2026-09-01"})
    resource.confirm(sheet("工号 姓名 分工会 入会时间 人员类别 退休时间", *rows))
    told = RegisterEntry.objects.exclude(person=moved, change=MembershipChange.JOIN)
    found = [(one.person.staff_number, one.note, one.actor) for one in told.order_by("person__staff_number", "pk")]
    assert found[:4] == [
        ("1", "归入理学院分工会 2026-09-01", officer),
        ("2", "入会 2025-09-01", officer),
        ("3", "入会 1985-09-01", officer),
        ("3", "退休 2020-06-30", officer),
    ]
    assert [note.split()[0] for _number, note, _actor in found[4:]] == ["归入理学院分工会"]
    # A correction finds the place that began with the membership, and takes it back with it.
    joined = Person.objects.get(staff_number="2")
    redated: dict[str, Any] = {"how": Correction.DAY, "on": D(2025, 10, 1), "why": "日期有误"}
    corrections.correct(person=joined, act="join:2025-09-01", **redated)
    assert joined.assignments.get().valid_from == D(2025, 10, 1)
    corrections.correct(person=joined, act="join:2025-10-01", how=Correction.NEVER, why="登记错人")
    assert not joined.memberships.exists()
    assert not new.assignments.filter(person=joined).exists()


def test_a_name_that_a_list_changes_is_recorded_as_the_page_does_and_can_be_put_right() -> None:
    person = make.member(staff_number="1", name="曾伟")
    same = make.member(staff_number="2", name="李四")
    correct_reading(person=person, reading="zeng wei")
    account, officer = make.account(of=person), make.account_with_role(Role.ORGANISATION)
    PeopleResource(actor=officer).confirm(sheet("工号 姓名 职称", ["1", "曾维", ""], ["2", "李四", "教授"]))
    today = timezone.localdate()
    entry = RegisterEntry.objects.get(change=MembershipChange.RENAME)
    assert (entry.person, entry.on, entry.actor) == (person, today, officer)
    assert entry.note == f"更名 {today}：曾伟 → 曾维（随名单）"
    assert not RegisterEntry.objects.filter(person=same, change=MembershipChange.RENAME).exists()
    account.refresh_from_db()
    assert account.name == "曾维"
    corrections.correct(person=person, act=f"rename:{today}", how=Correction.NEVER, why="名单有误")
    person.refresh_from_db()
    account.refresh_from_db()
    assert (person.name, account.name) == ("曾伟", "曾伟")


pytestmark = pytest.mark.django_db
