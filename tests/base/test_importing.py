"""The engine: preview, confirm, all or nothing, what moved meanwhile, exports, commands."""

import datetime as dt
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pghistory
import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.base.importing_samples import ServiceResource, User, UserResource, csv_file, xlsx_file
from union_portal.base.errors import Refused
from union_portal.base.importing import kinds
from union_portal.base.importing.exporting import export
from union_portal.base.importing.preview import ImportRefused, RegisterMoved, Status
from union_portal.base.importing.sheets import marked_up, template
from union_portal.base.importing.signals import exported, imported

pytestmark = pytest.mark.django_db
HEADINGS = ("工号", "姓名", "邮箱", "在用", "权限")


@pytest.fixture(autouse=True)
def _registry() -> Iterator[None]:
    UserResource.elsewhere = {}
    kinds.register_kind(UserResource)
    kinds.register_kind(ServiceResource)
    yield
    kinds.unregister_kind("sample-users")
    kinds.unregister_kind("sample-services")


def make(number: str, name: str, **fields: Any) -> Any:
    """Return a saved account."""
    return User.objects.create(staff_number=number, name=name, **fields)


def test_a_preview_tells_new_changed_unchanged_and_faulty_and_writes_nothing() -> None:
    make("1", "张三", email="a@example.com")
    make("2", "李四")
    gone = make("9", "走了")
    file = xlsx_file(
        HEADINGS,
        ["1", "张三丰", "a@example.com", "是", "普通"],
        ["2", "李四", "", "", ""],
        ["3", "王五", "不是邮箱", "是", "火星文"],
        [],
        ["4", "赵六", "", "否", "全部"],
    )
    preview = UserResource().preview(file)
    assert [(row.row_number, row.status) for row in preview.rows] == [
        (2, Status.CHANGED),
        (3, Status.UNCHANGED),
        (4, Status.FAULTY),
        (6, Status.NEW),
    ]
    (change,) = preview.rows[0].changes
    assert (change.label, change.old, change.new) == ("姓名", "张三", "张三丰")
    assert [(fault.row, fault.label, fault.value) for fault in preview.faults] == [
        (4, "邮箱", "不是邮箱"),
        (4, "权限", "火星文"),
    ]
    assert [leaver.pk for leaver in preview.leavers] == [gone.pk]
    assert User.objects.count() == 3
    assert not preview.saved


def test_confirming_saves_all_and_the_same_file_again_changes_nothing() -> None:
    file = csv_file(
        (*HEADINGS, "身份证号", "出生日期"), ["1", "张三", "", "否", "全部", "11010119900101123X", "1990/1/1"]
    )
    resource = UserResource()
    preview = resource.preview(file)
    done = UserResource().confirm(file, expected=preview.fingerprint)
    user = User.objects.get()
    assert done.saved
    assert (user.name, user.is_active, user.is_superuser, user.date_joined.year >= 2020) == ("张三", False, True, True)
    assert UserResource.elsewhere[user.pk]["born"] == dt.date(1990, 1, 1)
    again = UserResource().preview(file)
    assert (again.new, again.changed, again.unchanged) == (0, 0, 1)
    make("next", "序列没有用乱")


def test_one_faulty_row_saves_nothing() -> None:
    file = csv_file(HEADINGS, ["1", "张三", "", "", ""], ["2", "禁止", "", "", ""])
    with pytest.raises(ImportRefused) as refusal:
        UserResource().confirm(file)
    assert [fault.row for fault in refusal.value.preview.faults] == [3]
    assert not User.objects.exists()


def test_a_repeated_key_is_refused_at_its_second_row() -> None:
    preview = UserResource().preview(csv_file(HEADINGS, ["1", "张三"], ["1", "李四"]))
    (fault,) = preview.faults
    assert (fault.row, fault.label) == (3, "工号")
    assert "2" in fault.reason


def test_rows_that_changed_after_the_preview_are_named_and_nothing_is_saved() -> None:
    make("1", "张三")
    make("2", "李四")
    file = csv_file(HEADINGS, ["1", "张三丰"], ["2", "李四光"])
    preview = UserResource().preview(file)
    User.objects.filter(staff_number="2").update(name="李四维")
    with pytest.raises(RegisterMoved) as conflict:
        UserResource().confirm(file, expected=preview.fingerprint)
    assert conflict.value.rows == ["3"]
    assert set(User.objects.values_list("name", flat=True)) == {"张三", "李四维"}


def test_an_empty_cell_keeps_what_is_known_and_the_word_clears_it() -> None:
    make("1", "张三", email="a@example.com")
    UserResource().confirm(csv_file(HEADINGS, ["1", "张三", ""]))
    assert User.objects.get().email == "a@example.com"
    UserResource().confirm(csv_file(HEADINGS, ["1", "张三", "清空"]))
    assert User.objects.get().email == ""


def test_required_cells_and_clearing_them_are_refused() -> None:
    preview = UserResource().preview(csv_file(HEADINGS, ["1", ""], ["2", "清空"], ["", "王五"]))
    assert [(fault.row, fault.label) for fault in preview.faults] == [(2, "姓名"), (3, "姓名"), (4, "工号")]


def test_identity_numbers_are_masked_in_previews_but_not_in_the_users_own_sheet() -> None:
    file = xlsx_file(("工号", "姓名", "身份证号"), ["1", "张三", "110101199001011237"], ["2", "李四", "禁"])
    preview = UserResource().preview(file)
    assert "11010119900101" not in repr(preview)
    assert preview.rows[0].changes[-1].new.endswith("1237")


def test_what_only_the_database_refuses_names_the_row() -> None:
    make("7", "原有")
    file = csv_file(HEADINGS, ["1", "张三"], ["2", "李四"])

    class Late(UserResource):
        def load_current(self, rows: Any) -> None:
            """Lose a race: somebody takes number 2 after we looked."""
            super().load_current(rows)
            if self.saving:
                make("2", "抢先")

    with pytest.raises(ImportRefused) as refusal:
        Late().confirm(file)
    (fault,) = refusal.value.preview.faults
    assert (fault.row, fault.label) == (3, "工号")
    assert not User.objects.filter(staff_number="1").exists()


def test_a_change_that_the_database_refuses_names_the_row_too() -> None:
    make("1", "张三")

    class Careless(UserResource):
        def checks(self) -> Any:
            """Check nothing beforehand."""
            return {}

    with pytest.raises(ImportRefused) as refusal:
        Careless().confirm(csv_file(HEADINGS, ["1", "长" * 100]))
    assert refusal.value.preview.faults
    assert User.objects.get().name == "张三"


def test_importing_works_inside_a_history_context() -> None:
    make("1", "张三")
    with pghistory.context(user=1):
        UserResource().confirm(csv_file(HEADINGS, ["1", "张三丰"], ["2", "李四"]))
    assert User.objects.count() == 2


def test_the_number_of_queries_does_not_grow_with_the_file() -> None:
    counts = []
    for size in (10, 200):
        file = csv_file(HEADINGS, *([f"{size}-{n}", "某人"] for n in range(size)))
        with CaptureQueriesContext(connection) as queries:
            UserResource().confirm(file)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_services_are_rehearsed_and_taken_back() -> None:
    make("1", "张三")
    file = csv_file(HEADINGS[:3], ["1", "张三丰"], ["2", "坏人"], ["3", "王五"])
    preview = ServiceResource().preview(file)
    assert [(fault.row, fault.label, fault.reason) for fault in preview.faults] == [(3, "姓名", "坏人不能入会")]
    assert (preview.new, preview.changed, preview.faulty) == (1, 1, 1)
    assert User.objects.get().name == "张三"
    with pytest.raises(ImportRefused):
        ServiceResource().confirm(file)
    assert User.objects.get().name == "张三"


def test_services_save_sound_files() -> None:
    file = csv_file(HEADINGS[:3], ["2", "李四"], ["3", "王五"])
    assert ServiceResource().confirm(file).new == 2
    assert ServiceResource().preview(file).unchanged == 2


def test_templates_samples_and_totals_are_not_taken_for_records() -> None:
    kind = UserResource.kind
    preview = UserResource().preview(io.BytesIO(template(kind)))
    assert preview.total == 0
    assert len(preview.skipped_rows) == 1
    preview = UserResource().preview(csv_file(HEADINGS, ["1", "张三"], ["合计：1人"], ["制表人：李四", ""]))
    assert preview.total == 1


def test_the_marked_up_sheet_is_the_users_own_with_reasons() -> None:
    file = xlsx_file(HEADINGS, ["1", "张三", "不是邮箱"], ["2", "李四", ""])
    data = marked_up(UserResource.kind, file, UserResource().preview(file).faults)
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    assert sheet is not None
    assert sheet["C2"].comment is not None
    assert str(sheet["F2"].value).startswith("邮箱：")
    assert sheet["F3"].value is None


def test_an_export_reads_back_unchanged_and_is_announced() -> None:
    heard: list[dict[str, Any]] = []

    def listen(**told: Any) -> None:
        heard.append(told)

    exported.connect(listen)
    make("1", "=张三", email="a@example.com", is_active=False)
    file = export(UserResource(), User.objects.all(), actor=None, purpose="核对", format="xlsx")
    exported.disconnect(listen)
    assert heard[0]["classification"] == "identity"
    assert (heard[0]["rows"], heard[0]["purpose"]) == (1, "核对")
    assert UserResource().preview(io.BytesIO(file.data)).unchanged == 1
    as_csv = export(UserResource(), User.objects.all(), actor=None, purpose="核对", format="csv")
    assert "'=张三" in as_csv.data.decode("utf-8-sig")
    assert UserResource().preview(io.BytesIO(as_csv.data)).unchanged == 1


def test_personal_data_does_not_leave_without_a_purpose() -> None:
    with pytest.raises(Refused):
        export(UserResource(), User.objects.all(), actor=None)
    assert export(UserResource(), User.objects.all(), actor=None, columns=["staff_number", "name"]).rows == 0


def test_a_log_that_cannot_be_written_undoes_the_import() -> None:
    def fail(**_told: Any) -> None:
        raise RuntimeError

    imported.connect(fail)
    try:
        with pytest.raises(RuntimeError):
            UserResource().confirm(csv_file(HEADINGS, ["1", "张三"]))
    finally:
        imported.disconnect(fail)
    assert not User.objects.exists()


def test_the_commands_list_write_and_import(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    make("admin", "管理员")
    call_command("import_kinds")
    assert "sample-users" in capsys.readouterr().out
    out = tmp_path / "t.xlsx"
    call_command("import_template", "sample-users", str(out))
    assert out.read_bytes().startswith(b"PK")
    good = tmp_path / "good.csv"
    good.write_bytes(csv_file(HEADINGS, ["1", "张三"]).getvalue())
    call_command("import_records", "sample-users", str(good), dry_run=True)
    assert not User.objects.filter(staff_number="1").exists()
    call_command("import_records", "sample-users", str(good), actor="admin")
    assert User.objects.filter(staff_number="1").exists()


def test_a_refused_file_ends_with_two_and_each_fault_by_row_and_column(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = tmp_path / "bad.csv"
    bad.write_bytes(csv_file(HEADINGS, ["1", "张三", "不是邮箱"]).getvalue())
    for arguments in (
        ("sample-users", str(bad)),
        ("no-such-kind", str(bad)),
        ("sample-users", str(tmp_path / "none.csv")),
    ):
        with pytest.raises(CommandError) as refusal:
            call_command("import_records", *arguments)
        assert refusal.value.returncode == 2
    printed = capsys.readouterr().err
    assert "2" in printed
    assert "邮箱" in printed
    assert not User.objects.exists()
