"""Files of several sheets, with hidden rows, and with more faults than anybody reads."""

import io
import resource
import time
from collections.abc import Iterator
from typing import Any

import openpyxl
import pytest

from tests.base.importing_samples import User, UserResource, csv_file
from tests.base.spreadsheets.handmade import row, sheet, workbook
from union_portal.base.errors import Refused
from union_portal.base.importing import kinds
from union_portal.base.importing.preview import ImportRefused
from union_portal.base.importing.resource import LISTED_FAULTS
from union_portal.base.importing.sheets import marked_up

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _registry() -> Iterator[None]:
    UserResource.elsewhere = {}
    kinds.register_kind(UserResource)
    yield
    kinds.unregister_kind("sample-users")


def two_sheets(*more: str, name: str = "乙") -> io.BytesIO:
    return workbook(
        sheet(row(1, "工号", "姓名"), row(2, "1", "甲")),
        sheet(row(1, "姓名", "工号"), row(2, name, "2"), *more),
        sheet(row(1, "填表说明")),
        names=("在职", "离退休", "说明"),
    )


def test_all_sheets_of_the_table_are_saved_and_the_unread_one_is_named() -> None:
    User.objects.create(staff_number="2", name="乙")
    preview = UserResource().preview(two_sheets())
    assert ([(one.sheet, one.row_number) for one in preview.rows], preview.leavers) == (
        [("在职", 2), ("离退休", 2)],
        [],
    )
    assert ["“在职”、“离退休”" in str(note) or "“说明”" in str(note) for note in preview.warnings] == [True, True]
    UserResource().confirm(two_sheets(), expected=preview.fingerprint)
    assert set(User.objects.values_list("staff_number", "name")) == {("1", "甲"), ("2", "乙")}


def test_a_fault_of_a_further_sheet_is_named_and_marked_there() -> None:
    file = two_sheets(row(3, "丙", "1"), name="丁8")
    preview = UserResource().preview(file)
    assert [str(fault) for fault in preview.faults] == [
        "工作表“离退休”第 2 行「姓名」：姓名中不能有数字",
        "工作表“离退休”第 3 行「工号」：与工作表“在职”第 2 行重复",
    ]
    book = openpyxl.load_workbook(io.BytesIO(marked_up(UserResource.kind, file, preview.faults)))
    assert book.sheetnames == ["在职", "离退休"]
    assert book["离退休"]["A2"].comment.text == "姓名：姓名中不能有数字"
    assert book["在职"]["C2"].value is None


def test_hidden_rows_are_read_and_counted() -> None:
    hidden = ' hidden="1"'
    file = workbook(
        sheet(row(1, "工号", "姓名"), row(2, "1", "甲", more=hidden), row(3, "2", "乙"), row(4, "3", "丙", more=hidden))
    )
    preview = UserResource().preview(file)
    assert preview.new == 3
    (said,) = preview.warnings
    assert "2 行" in said.reason
    assert "第 2、4 行" in said.reason


def test_a_cell_that_could_not_be_read_refuses_the_file() -> None:
    file = workbook(
        sheet(row(1, "工号", "姓名", "出生日期"), row(2, "1", "甲", '<c r="C2"><f>DATE(1985,10,1)</f></c>'))
    )
    with pytest.raises(ImportRefused, match="公式没有保存计算结果"):
        UserResource().confirm(file)


@pytest.mark.heavy
def test_a_file_of_faults_only_is_judged_in_bounded_memory_and_time() -> None:
    count = 66_000  # a third of what a file may hold: time and memory grow with the rows
    rows = [[str(place), f"甲{place}", "x", "x", "x"] for place in range(count)]
    file = csv_file(("工号", "姓名", "邮箱", "在用", "权限"), *rows)
    del rows
    before, begun = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    preview = UserResource().preview(file)
    assert time.process_time() - begun < 5
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 240 * 1024
    assert len(preview.faults) == LISTED_FAULTS
    assert preview.unlisted == 3 * count - LISTED_FAULTS
    with pytest.raises(Refused, match="50,000 行"):
        marked_up(UserResource.kind, file, preview.faults)


def test_faults_beyond_the_listed_ones_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("union_portal.base.importing.resource.LISTED_FAULTS", 3)
    rows: list[list[Any]] = [[str(place), "禁止"] for place in range(5)]
    preview = UserResource().preview(csv_file(("工号", "姓名"), *rows))
    assert (len(preview.faults), preview.unlisted, preview.faulty) == (3, 2, 5)
    with pytest.raises(ImportRefused, match="5 处"):
        UserResource().confirm(csv_file(("工号", "姓名"), *rows))
