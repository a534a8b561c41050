"""The HR spreadsheet comes in whole or not at all, and says what it would do."""

import datetime as dt
import io
from typing import Any
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from time_machine import TimeMachineFixture

from members.branches.enums import Position
from members.branches.models import BranchAssignment
from members.branches.services import offices
from members.memberships import signals
from members.memberships.enums import Correction, MembershipChange, MembershipEnd, MembershipStart
from members.memberships.models import Membership, RegisterEntry
from members.memberships.services import corrections
from members.memberships.services import steps as memberships
from members.people import services as people
from members.people.enums import Employment, MembershipState, PersonKind
from members.people.models import Person
from members.register.resources.people import PeopleResource
from tests.factories import members as make
from tests.members.register import hr_spreadsheet
from tests.members.register.hr_spreadsheet import sheet
from union_portal.accounts.enums import Role
from union_portal.base.identity import IdentityKind
from union_portal.base.importing.preview import ImportRefused, RegisterMoved
from union_portal.base.importing.sheets import marked_up

D = dt.date
SHANGHAI = ZoneInfo("Asia/Shanghai")
# More than any step saves at once; how long ten thousand take is measured by the bench.
MANY = 2_500


def test_thousands_of_rows_with_fifty_faults_of_twelve_kinds() -> None:
    hr_spreadsheet.found_branches()
    sound = hr_spreadsheet.rows(MANY)
    faulty, wanted = hr_spreadsheet.planted(sound, count=50)
    with pytest.raises(ImportRefused) as refusal:
        PeopleResource().confirm(hr_spreadsheet.workbook(faulty))
    preview = refusal.value.preview
    named = {(fault.row, fault.column): fault.reason for fault in preview.faults}
    keys = {word: column.key for column in PeopleResource.kind.columns for word in (column.label, *column.synonyms)}
    assert sorted(named) == sorted((row, keys[heading]) for row, heading, _word in wanted)
    assert len(preview.faults) == preview.faulty == 50
    assert len({heading + word for _row, heading, word in wanted}) == 12
    assert not Person.objects.exists()

    done = PeopleResource().confirm(hr_spreadsheet.workbook(sound))
    assert (done.new, done.saved) == (MANY, True)
    assert Person.objects.count() == Membership.objects.count() == BranchAssignment.objects.count() == MANY
    assert set(Membership.objects.values_list("began_by", flat=True)) == {MembershipStart.JOINED}
    assert RegisterEntry.objects.filter(change=MembershipChange.JOIN).count() == RegisterEntry.objects.count() == MANY
    assert Person.objects.filter(kind=PersonKind.STAFF).exclude(pinyin_key="").exclude(stroke_key="").count() == MANY

    again = PeopleResource().confirm(hr_spreadsheet.workbook(sound))
    assert (again.new, again.changed, again.unchanged, again.leavers) == (0, 0, MANY, [])
    assert Membership.objects.count() == BranchAssignment.objects.count() == RegisterEntry.objects.count() == MANY


def test_each_reason_says_what_is_wrong() -> None:
    hr_spreadsheet.found_branches()
    faulty, wanted = hr_spreadsheet.planted(hr_spreadsheet.rows(60), count=12)
    preview = PeopleResource().preview(hr_spreadsheet.workbook(faulty))
    found = {fault.row: fault for fault in preview.faults}
    for row, _heading, word in wanted:
        assert word in found[row].reason, (row, found[row].reason)
    marked = openpyxl.load_workbook(
        io.BytesIO(marked_up(PeopleResource.kind, hr_spreadsheet.workbook(faulty), preview.faults))
    )
    assert marked.active is not None


def test_numbers_of_queries_do_not_grow_with_the_rows() -> None:
    hr_spreadsheet.found_branches()
    counts = []
    for size in (40, 200):
        with CaptureQueriesContext(connection) as queries:
            PeopleResource().confirm(hr_spreadsheet.workbook(hr_spreadsheet.rows(size, seed=size)))
        counts.append(len(queries))
    assert abs(counts[1] - counts[0]) <= 9, counts


def test_a_person_changed_between_preview_and_confirm_is_refused_by_row() -> None:
    file = sheet("工号 姓名 职称", ["1", "张三", "讲师"], ["2", "李四", "讲师"])
    PeopleResource().confirm(file)
    file = sheet("工号 姓名 职称", ["1", "张三", "教授"], ["2", "李四", "讲师"])
    preview = PeopleResource().preview(file)
    people.change_person(person=Person.objects.get(staff_number="1"), professional_title="副教授")
    with pytest.raises(RegisterMoved) as moved:
        PeopleResource().confirm(file, expected=preview.fingerprint)
    assert moved.value.rows == ["2"]
    assert Person.objects.get(staff_number="1").professional_title == "副教授"


def test_leavers_are_listed_and_nothing_happens_to_them() -> None:
    gone = make.member(staff_number="9")
    make.person(staff_number="8")
    done = PeopleResource().confirm(sheet("工号 姓名", ["1", "张三"]))
    assert [leaver.pk for leaver in done.leavers] == [gone.pk]
    assert Person.objects.members(on=timezone.localdate()).get() == gone


def test_a_member_without_a_date_is_recorded_and_a_non_member_is_not() -> None:
    done = PeopleResource(answers={"newcomers": "recorded"}).confirm(
        sheet("工号 姓名 是否会员 来校时间", ["1", "张三", "是", "2019-09-01"], ["2", "李四", "否", ""])
    )
    assert done.new == 2
    membership = Membership.objects.get()
    assert (membership.valid_from, membership.began_by) == (D(2019, 9, 1), MembershipStart.RECORDED)


def test_retirees_come_in_with_a_retained_membership() -> None:
    PeopleResource().confirm(
        sheet("工号 姓名 人员类别 入会时间 退休时间", ["1", "张三", "退休", "1985-09-01", "2020-06-30"])
    )
    person = Person.objects.get()
    assert person.kind == PersonKind.RETIREE
    states = list(person.memberships.order_by("valid_from").values_list("state", "valid_from", "valid_to"))
    assert states == [
        (MembershipState.ACTIVE, D(1985, 9, 1), D(2020, 6, 30)),
        (MembershipState.RETAINED, D(2020, 7, 1), None),
    ]
    again = sheet("工号 姓名 人员类别 入会时间 退休时间", ["1", "张三", "退休", "1985-09-01", "2020-06-30"])
    assert PeopleResource().confirm(again).unchanged == 1


def test_another_branch_moves_as_of_today_and_another_date_corrects_the_beginning() -> None:
    old, new = make.branch(name="文学院分工会"), make.branch(name="理学院分工会")
    person = make.member(on=D(2020, 3, 1), branch=old, staff_number="1", name="张三")
    today = timezone.localdate()
    resource = PeopleResource(answers={"moved_on": today.isoformat()})
    preview = resource.confirm(sheet("工号 姓名 分工会 入会时间", ["1", "张三", "理学院", "2019-03-01"]))
    changes = {(change.label, change.old, change.new) for change in preview.rows[0].changes}
    assert changes == {("所属分工会", old.name, new.name), ("入会时间", "2020-03-01", "2019-03-01")}
    yesterday = today - dt.timedelta(days=1)
    assert list(Person.objects.in_branch([new], on=today)) == [person]
    assert list(Person.objects.in_branch([old], on=yesterday)) == [person]
    assert person.memberships.get().valid_from == D(2019, 3, 1)


def test_a_former_member_is_not_brought_back_unasked() -> None:
    person = make.member(on=D(2020, 3, 1), staff_number="1", name="张三")
    memberships.leave(person=person, on=D(2022, 12, 31))
    same = PeopleResource().preview(sheet("工号 姓名 入会时间", ["1", "张三", "2020-03-01"]))
    earlier = PeopleResource().preview(sheet("工号 姓名 入会时间", ["1", "张三", "2021-03-01"]))
    assert (same.unchanged, earlier.faulty) == (1, 1)
    PeopleResource().confirm(sheet("工号 姓名 入会时间", ["1", "张三", "2023-03-01"]))
    assert person.memberships.count() == 2


def test_a_sitting_member_retires_by_list_with_everything_that_follows() -> None:
    branch = make.branch(name="文学院分工会")
    person = make.member(on=D(2010, 3, 1), branch=branch, staff_number="1", name="张三")
    term = offices.start_term(branch=branch, began_on=D(2021, 1, 1), ends_on=D(2035, 12, 31))
    office = offices.elect(person=person, term=term, position=Position.CHAIR)
    heard: list[dt.date] = []

    def hear(*, on: dt.date, **_rest: object) -> None:
        heard.append(on)

    file = sheet("工号 姓名 人员类别 退休时间 分工会", ["1", "张三", "退休", "2023-06-30", "文学院"])
    signals.person_retired.connect(hear)
    try:
        PeopleResource().confirm(file)
    finally:
        signals.person_retired.disconnect(hear)
    office.refresh_from_db()
    person.refresh_from_db()
    states = list(person.memberships.order_by("valid_from").values_list("state", "valid_to", "ended_by"))
    assert states == [
        (MembershipState.ACTIVE, D(2023, 6, 30), MembershipEnd.RETIRED),
        (MembershipState.RETAINED, None, ""),
    ]
    assert (heard, office.valid_to, person.retired_on) == ([D(2023, 6, 30)], D(2023, 6, 30), D(2023, 6, 30))
    assert (person.kind, person.assignments.get().valid_to) == (PersonKind.RETIREE, None)
    assert PeopleResource().confirm(file).unchanged == 1
    memberships.resume(person=person, on=D(2024, 3, 1))
    PeopleResource().confirm(sheet("工号 姓名 职称 人员类别", ["1", "张三", "教授", "退休"]))
    assert Person.objects.members(on=timezone.localdate()).get() == person


def test_who_retires_without_a_day_is_asked_for_it_and_the_expected_day_of_who_works_is_only_noted() -> None:
    today = timezone.localdate()
    now = make.member(on=D(2010, 3, 1), staff_number="1", name="张三")
    later = make.member(on=D(2010, 3, 1), staff_number="2", name="李四")
    make.member(on=D(2010, 3, 1), staff_number="3", name="王五")
    file = sheet("工号 姓名 退休时间", ["1", "张三", "2023-06-30"], ["2", "李四", f"{today.year + 9}-06-30"])
    PeopleResource().confirm(file)
    assert now.memberships.filter(state=MembershipState.RETAINED, valid_from=D(2023, 7, 1)).exists()
    later.refresh_from_db()
    assert (later.memberships.get().valid_to, later.retired_on) == (None, None)
    assert later.retires_on == D(today.year + 9, 6, 30)
    asked = PeopleResource().preview(sheet("工号 姓名 人员类别 退休时间", ["3", "王五", "离休", ""]))
    assert [(fault.row, fault.column) for fault in asked.faults] == [(2, "retired_on")]
    bare = PeopleResource().preview(sheet("工号 姓名 人员类别", ["3", "王五", "退休"]))
    assert [(fault.row, fault.column) for fault in bare.faults] == [(2, "employment")]
    assert "请填写退休时间" in bare.faults[0].reason
    working = PeopleResource().preview(sheet("工号 姓名 人员类别 退休时间", ["3", "王五", "在编", "2023-06-30"]))
    assert [(fault.row, fault.column) for fault in working.faults] == [(2, "retired_on")]
    refused = PeopleResource().preview(sheet("工号 姓名 人员类别 退休时间", ["2", "李四", "退休", "2009-06-30"]))
    assert [(fault.row, fault.column) for fault in refused.faults] == [(2, "employment")]


def test_a_list_that_retires_does_all_that_the_screen_does() -> None:
    person = make.member(on=D(2010, 3, 1), staff_number="90000001", name="测试甲", employment=Employment.ESTABLISHED)
    file = sheet("工号 姓名 用工形式 退休时间", ["90000001", "测试甲", "退休", "2026-09-30"])
    officer = make.account_with_role(Role.ORGANISATION)
    PeopleResource(actor=officer).confirm(file)
    assert Person.objects.members(on=D(2026, 9, 30)).get() == person
    assert Person.objects.members(on=D(2026, 10, 1), state=MembershipState.RETAINED).get() == person
    entry = person.entries.get(change=MembershipChange.RETIRE)
    assert (entry.actor, entry.on) == (officer, D(2026, 9, 30))
    # The desk keeps a way to mend it: everything is as before, the form of employment too.
    given: dict[str, Any] = {"act": "retire:2026-09-30", "how": Correction.NEVER, "why": "误报", "actor": officer}
    corrections.correct(person=person, **given)
    person.refresh_from_db()
    assert (person.kind, person.employment) == (PersonKind.STAFF, Employment.ESTABLISHED)
    assert person.memberships.get().valid_to is None


def test_a_retirement_that_the_list_dates_otherwise_is_a_correction() -> None:
    person = make.member(on=D(2010, 3, 1), staff_number="1", name="张三")
    memberships.retire(person=person, on=D(2026, 3, 20))
    file = sheet("工号 姓名 退休时间", ["1", "张三", "2026-03-31"])
    assert [change.new for change in PeopleResource().preview(file).rows[0].changes] == ["2026-03-31"]
    PeopleResource().confirm(file)
    ends = list(person.memberships.order_by("valid_from").values_list("valid_from", "valid_to"))
    assert ends == [(D(2010, 3, 1), D(2026, 3, 31)), (D(2026, 4, 1), None)]
    assert "2026-03-20 改为 2026-03-31" in person.entries.get(correction=True).reason
    memberships.resume(person=person, on=D(2026, 9, 1))
    later = PeopleResource().preview(sheet("工号 姓名 退休时间", ["1", "张三", "2026-04-30"]))
    assert [(fault.column, "逐项更正" in fault.reason) for fault in later.faults] == [("retired_on", True)]


def test_a_retirement_ahead_by_list_holds_by_its_day(time_machine: TimeMachineFixture) -> None:
    time_machine.move_to(dt.datetime(2026, 11, 27, 9, tzinfo=SHANGHAI), tick=False)
    person = make.member(on=D(2010, 3, 1), staff_number="1", name="张三", employment=Employment.ESTABLISHED)
    file = sheet("工号 姓名 用工形式 退休时间", ["1", "张三", "退休", "2026-12-31"])
    PeopleResource().confirm(file)
    assert PeopleResource().confirm(file).unchanged == 1
    assert Person.objects.employed_as(Employment.ESTABLISHED, on=D(2026, 12, 31)).get() == person
    assert Person.objects.of_kind(PersonKind.RETIREE, on=D(2027, 1, 1)).get() == person
    time_machine.move_to(dt.datetime(2027, 1, 5, 9, tzinfo=SHANGHAI), tick=False)
    assert PeopleResource().confirm(file).changed == 1
    person.refresh_from_db()
    assert (person.employment, person.kind) == (Employment.RETIRED, PersonKind.RETIREE)
    assert person.entries.filter(change=MembershipChange.RETIRE).count() == 1


def test_numbers_are_judged_by_the_kind_of_document_the_row_names() -> None:
    headings = "工号 姓名 证件类型 证件号码"
    PeopleResource().confirm(sheet(headings, ["1", "张三", "护照", "123456789"], ["2", "李四", "台胞证", "12345678"]))
    kinds = dict(Person.objects.values_list("staff_number", "identity_kind"))
    assert kinds == {"1": IdentityKind.PASSPORT, "2": IdentityKind.TAIWAN_PERMIT}
    wrong = PeopleResource().preview(sheet(headings, ["3", "王五", "身份证", "987654321"]))
    assert [(fault.column, "18位" in fault.reason) for fault in wrong.faults] == [("identity_number", True)]


def test_the_departed_get_no_branch_by_list() -> None:
    branch = make.branch(name="文学院分工会")
    person = make.member(on=D(2010, 3, 1), branch=branch, staff_number="1", name="张三")
    memberships.transfer_out(person=person, on=D(2023, 5, 4), counterpart="邻校工会")
    preview = PeopleResource().preview(sheet("工号 姓名 分工会", ["1", "张三", "文学院"]))
    assert [(fault.column, "已于 2023-05-04 转出" in fault.reason) for fault in preview.faults] == [("branch", True)]


def test_nothing_begins_for_the_dead() -> None:
    old, new = make.branch(name="文学院分工会"), make.branch(name="理学院分工会")
    person = make.member(on=D(2010, 3, 1), branch=old, staff_number="1", name="张三")
    memberships.record_death(person=person, on=D(2023, 5, 4))
    asked = (("分工会", "理学院"), ("入会时间", "2024-01-01"))
    for heading, cell in asked:
        preview = PeopleResource().preview(sheet(f"工号 姓名 {heading}", ["1", "张三", cell]))
        assert "去世" in preview.faults[0].reason
    assert PeopleResource().confirm(sheet("工号 姓名 职称", ["1", "张三", "教授"])).changed == 1
    assert not new.assignments.exists()


def test_identity_numbers_are_masked_in_the_preview_and_found_by_their_index() -> None:
    number = hr_spreadsheet.identity_number(born=D(1990, 1, 2), male=True, place=3)
    file = sheet("工号 姓名 身份证号 出生日期 性别", ["1", "张三", number, "1990.1", ""])
    preview = PeopleResource().preview(file)
    shown = {change.label: change.new for change in preview.rows[0].changes}
    assert number not in shown["证件号码"]
    PeopleResource().confirm(file)
    person = Person.objects.get()
    assert (person.identity_number, person.birth_date, person.gender) == (number, D(1990, 1, 2), "male")
    assert list(Person.objects.with_identity(number)) == [person]
    assert number not in str(person.identity_index)
    assert PeopleResource().confirm(file).unchanged == 1


pytestmark = pytest.mark.django_db
