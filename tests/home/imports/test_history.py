"""Every import is kept with what it made and changed, and goes back whole or not at all."""

import datetime as dt
import io
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from congress.departments.models import Department
from congress.sessions.models import Session, Sitting
from congress.sessions.services.sessions import next_number
from congress.suggestions.models import Suggestion
from members.branches.models import BranchAssignment
from members.branches.services.assignments import assign_branch
from members.memberships.models import Membership, RegisterEntry
from members.people import services as people
from members.people.models import Person
from tests.base.importing_samples import xlsx_file
from tests.factories import bodies
from tests.factories import members as make
from tests.factories.accounts import signed_in
from tests.home.imports.uploads import page, upload
from tests.members.register import hr_spreadsheet
from tests.members.register.hr_spreadsheet import sheet
from tests.sample.models import Loan, LoanMove, LoanState
from tests.sample.resources import LoanList
from union_portal.accounts.enums import Role
from union_portal.accounts.models import User
from union_portal.base.errors import Refused
from union_portal.base.importing.kinds import kind as kind_of
from union_portal.base.importing.kinds import register_kind, unregister_kind
from union_portal.base.models import RowChange
from union_portal.base.steps import record as begun
from union_portal.home.imports.enums import ImportState
from union_portal.home.imports.models import ImportRecord
from union_portal.home.imports.services import history
from welfare.mutual_aid.models import Cover, MutualAidPlan
from welfare.mutual_aid.services import covers

D = dt.date


@pytest.fixture
def loans() -> Iterator[None]:
    register_kind(LoanList)
    yield
    unregister_kind(LoanList.kind.key)


def imported(file: io.BytesIO, officer: User, kind: str = "people", **answers: str) -> ImportRecord:
    resource = kind_of(kind)(actor=officer, answers=answers)
    return history.bring_in(resource=resource, file=file, name="人事信息.xlsx", answers=answers)[0]


def state_of_the_register() -> Any:
    return [
        list(Person.objects.order_by("pk").values()),
        list(Membership.objects.order_by("pk").values()),
        list(BranchAssignment.objects.order_by("pk").values()),
    ]


def without_stamps(found: Any) -> Any:
    return [[{key: value for key, value in row.items() if key != "updated_at"} for row in rows] for rows in found]


def test_an_import_of_the_register_goes_back_with_all_it_began_moved_and_corrected(officer: User) -> None:
    old, new = make.branch(name="文学院分工会"), make.branch(name="理学院分工会")
    number = hr_spreadsheet.identity_number(born=D(1990, 1, 2), male=True, place=3)
    make.member(on=D(2020, 3, 1), branch=old, staff_number="1", name="张三", professional_title="讲师")
    retiring = make.member(on=D(2010, 3, 1), branch=old, staff_number="2", name="李四")
    people.change_person(person=retiring, identity_number=number)
    before = state_of_the_register()
    rows = [
        ["1", "张三", "教授", "理学院", "2019-03-01", "", "", ""],
        ["2", "李四", "", "", "", "退休", "2023-06-30", number],
        ["3", "王五", "讲师", "文学院", "2022-01-01", "", "", ""],
    ]
    headings = "工号 姓名 职称 分工会 入会时间 人员类别 退休时间 身份证号"
    record = imported(sheet(headings, *rows), officer, moved_on="2026-09-01")
    assert (record.new, record.changed, Person.objects.count()) == (1, 2, 3)
    assert list(new.assignments.values_list("person__name", flat=True)) == ["张三"]
    history.take_back(subject=record, actor=officer, why="文件拿错了")
    assert without_stamps(state_of_the_register()) == without_stamps(before)
    record.refresh_from_db()
    # What was recorded is never forgotten: of who came with the list too, though he went with it.
    entries = RegisterEntry.objects.filter(correction=True).order_by("pk")
    told = [(one.note.removeprefix("更正："), one.corrects is not None, one.reason) for one in entries]
    assert {words for words, *_rest in told} == {
        f"{retiring} 退休 2023-06-30，随导入撤回",
        "张三（1） 归入理学院分工会 2026-09-01，随导入撤回",
        "王五（3） 入会 2022-01-01，随导入撤回",
    }
    assert {tuple(rest) for _words, *rest in told} == {(True, "撤回导入：文件拿错了")}
    move = record.moves.get(action="take_back")
    assert (record.state, move.actor, move.reason) == (ImportState.TAKEN_BACK, officer, "文件拿错了")
    with pytest.raises(Refused):
        history.take_back(subject=record, actor=officer, why="再来一次")


def test_what_changed_since_is_named_and_nothing_goes_back(officer: User) -> None:
    make.person(staff_number="1", name="张三", professional_title="讲师")
    record = imported(sheet("工号 姓名 职称", ["1", "张三", "教授"], ["2", "李四", "讲师"]), officer)
    people.change_person(person=Person.objects.get(staff_number="1"), professional_title="副教授")
    with pytest.raises(Refused, match=r"张三.*职称此后已改动"):
        history.take_back(subject=record, actor=officer, why="拿错了")
    assert Person.objects.filter(staff_number="2").exists()
    record.refresh_from_db()
    assert record.state == ImportState.SAVED
    people.change_person(person=Person.objects.get(staff_number="1"), professional_title="教授")
    history.take_back(subject=record, actor=officer, why="拿错了")
    assert Person.objects.get().professional_title == "讲师"


def test_what_hangs_on_a_row_that_was_made_is_named(officer: User) -> None:
    record = imported(sheet("工号 姓名", ["2", "李四"]), officer)
    assign_branch(person=Person.objects.get(), branch=make.branch(), on=D(2026, 1, 1))
    with pytest.raises(Refused, match=r"1 条（.*）已登记在它的人员上"):
        history.take_back(subject=record, actor=officer, why="拿错了")
    assert Person.objects.filter(staff_number="2").exists()


def test_rows_whose_steps_are_logged_are_never_removed(officer: User, loans: None) -> None:
    file = io.BytesIO("物品,借出日期\n投影仪,2024-03-01\n".encode())
    resource = LoanList(actor=officer)
    record = history.bring_in(resource=resource, file=file, name="x.csv", answers={})[0]
    assert LoanMove._default_manager.exists()
    with pytest.raises(Refused, match="按步骤办理并留有记录，不能删除"):
        history.take_back(subject=record, actor=officer, why="拿错了")
    assert Loan.objects.exists()


def test_a_state_that_a_list_moved_only_goes_back_by_a_step(officer: User, loans: None) -> None:
    loan = begun(Loan(item="帐篷", lent_on=D(2024, 3, 1)), actor=officer)
    file = io.BytesIO("物品,借出日期,归还日期,状态\n帐篷,2024-03-01,2024-03-09,已归还\n".encode())
    record = history.bring_in(resource=LoanList(actor=officer), file=file, name="x.csv", answers={})[0]
    with pytest.raises(Refused, match=r"1 条（帐篷.*）的状态由导入改动并留有记录"):
        history.take_back(subject=record, actor=officer, why="拿错了")
    loan.refresh_from_db()
    assert loan.state == LoanState.BACK


def test_accounts_that_a_list_opened_go_with_it_unless_somebody_used_them(officer: User) -> None:
    leader = make.person(staff_number="20150001", name="文部长")
    headings = ["部门", "负责人工号"]
    resource = kind_of("departments")(actor=officer)
    file = xlsx_file(headings, ["财务处", "20150001"])
    accounts = User.objects.count()
    record = history.bring_in(resource=resource, file=file, name="部门.xlsx", answers={})[0]
    assert Department.objects.exists()
    history.take_back(subject=record, actor=officer, why="拿错了")
    assert (Department.objects.exists(), User.objects.count()) == (False, accounts)
    leader.refresh_from_db()
    assert leader.user is None


def test_nothing_is_noted_outside_an_import(officer: User) -> None:
    make.person(staff_number="1", name="张三")
    kind_of("people")(actor=officer).preview(sheet("工号 姓名", ["2", "李四"]))
    assert not RowChange.objects.exists()
    record = imported(sheet("工号 姓名", ["2", "李四"]), officer)
    make.person(staff_number="3", name="王五")
    assert set(RowChange.objects.values_list("batch", "of_table")) == {(record.batch, "members_person")}


def test_taking_back_asks_no_more_for_many_rows_than_for_few(officer: User) -> None:
    hr_spreadsheet.found_branches()
    counts = []
    for size in (10, 60):
        record = imported(hr_spreadsheet.workbook(hr_spreadsheet.rows(size, seed=size)), officer)
        with CaptureQueriesContext(connection) as queries:
            history.take_back(subject=record, actor=officer, why="拿错了")
        counts.append(len(queries))
        assert not Person.objects.exists()
    assert counts[0] == counts[1]


def test_the_desk_lists_imports_shows_old_values_and_takes_back_with_a_reason(officer: User) -> None:
    client = signed_in(officer)
    make.person(staff_number="1", name="张三", professional_title="讲师")
    page(client, "import_confirm", upload(client, ["1", "张三", "教授"], ["2", "李四", "讲师"]), post=True)
    record = ImportRecord.objects.get()
    listed = client.get(reverse("admin:home_importrecord_changelist"), {"label": "人员（人事信息表）"})
    assert "人事信息.xlsx" in listed.content.decode()
    shown = client.get(address(record)).content.decode()
    assert "职称：讲师 → 教授" in shown
    assert "新增 1，修改 1" in shown
    step = reverse("admin:home_importrecord_step_take_back", args=[record.pk])
    assert client.post(step, {"why": ""}).status_code == 422
    client.post(step, {"why": "拿错了"})
    assert Person.objects.get().professional_title == "讲师"
    assert "拿错了" in client.get(address(record)).content.decode()


def test_who_may_not_import_the_kind_neither_sees_nor_takes_back(officer: User) -> None:
    record = imported(sheet("工号 姓名", ["2", "李四"]), officer)
    for role in (Role.WELFARE, Role.CHAIR, Role.FINANCE):
        other = signed_in(make.account_with_role(role))
        assert other.get(address(record)).status_code in {302, 403, 404}
        step = reverse("admin:home_importrecord_step_take_back", args=[record.pk])
        assert other.post(step, {"why": "x"}).status_code in {302, 403, 404}
    assert ImportRecord.objects.get().state == ImportState.SAVED


def test_the_command_writes_history_too(tmp_path: Path) -> None:
    file = tmp_path / "hr.xlsx"
    file.write_bytes(sheet("工号 姓名", ["2", "李四"]).read())
    call_command("import_records", "people", str(file), "--dry-run")
    assert not ImportRecord.objects.exists()
    call_command("import_records", "people", str(file))
    assert (ImportRecord.objects.get().file_name, ImportRecord.objects.get().new) == ("hr.xlsx", 1)


def address(record: ImportRecord) -> str:
    return reverse("admin:home_importrecord_change", args=[record.pk])


pytestmark = pytest.mark.django_db


def test_covers_of_a_list_go_back_until_their_premium_is_in_the_ledger(officer: User) -> None:
    person, plan = make.member(), MutualAidPlan.objects.create(code="own", name="校内互助金", premium=100)
    cells = [person.staff_number, person.name, plan.name, "2022-07-01"]
    file = xlsx_file(["工号", "姓名", "保障计划", "起始日期"], cells)
    record = imported(file, officer, kind="covers")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(covers, "posted", lambda **_term: SimpleNamespace(posting="2022-1"))
        with pytest.raises(Refused, match="已记入台账"):
            history.take_back(subject=record, actor=officer, why="拿错了")
    history.take_back(subject=record, actor=officer, why="拿错了")
    assert not Cover.objects.standing().exists()


def test_suggestions_of_a_list_that_was_taken_back_count_no_more(officer: User) -> None:
    file = xlsx_file(["标题", "来源", "收集日期"], ["延长供餐", "分组讨论", "2022-05-10"])
    record = imported(file, officer, kind="suggestions")
    history.take_back(subject=record, actor=officer, why="拿错了")
    assert (Suggestion.objects.get().moves.latest("pk").reason, Suggestion.objects.standing().count()) == (
        "撤回导入：拿错了",
        0,
    )


def test_sessions_of_a_list_that_was_taken_back_count_as_not_held_and_free_their_number(officer: User) -> None:
    term = bodies.congress(number=3)
    headings = ["日期", "会议名称", "教代会届次", "教代会次数", "资料来源"]
    cells = ["2022-05-10", "年度大会", 3, 1, "纪要"]
    record = imported(xlsx_file(headings, cells), officer, kind="sessions")
    history.take_back(subject=record, actor=officer, why="日期错了")
    assert (Sitting.objects.held().count(), next_number(term)) == (0, 1)
    imported(xlsx_file(headings, ["2022-05-11", *cells[1:]]), officer, kind="sessions")
    assert Sitting.objects.held().get().number == 1
    assert "年度大会" in Session.objects.get(convened_on=D(2022, 5, 10)).title
