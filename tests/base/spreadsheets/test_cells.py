"""Cells as other programs write them, and what is no staff number and no name."""

import datetime as dt
import io

import pytest

from union_portal.base.importing.parsing import read_rows
from union_portal.base.importing.rows import Row
from union_portal.base.spreadsheets.columns import Column
from union_portal.base.spreadsheets.dates import Date
from union_portal.base.spreadsheets.errors import CellError, SpreadsheetError
from union_portal.base.spreadsheets.headers import find_headings
from union_portal.base.spreadsheets.parsers import Code, Name, Text
from union_portal.base.spreadsheets.raw import Raw
from union_portal.base.spreadsheets.reading import read_book

COLUMNS = (
    Column(key="number", label="工号", parser=Code(), required=True),
    Column(key="name", label="姓名", parser=Name(), required=True),
    Column(key="born", label="出生年月", parser=Date()),
    Column(key="note", label="说明", parser=Text()),
)


def read(text: str | bytes) -> tuple[list[Row], list[int]]:
    data = text.encode() if isinstance(text, str) else text
    headings = find_headings(read_book(io.BytesIO(data)), COLUMNS)
    rows, skipped = read_rows(headings=headings, columns=COLUMNS, parsers={}, checks={})
    return rows, skipped


def test_what_keeps_excel_from_reading_a_number_is_taken_off() -> None:
    (row,), _skipped = read('工号,姓名,说明\n"=""20239001""",测试甲,"=""物理""""学院"""""""\n')
    assert row.values == {"number": "20239001", "name": "测试甲", "note": '物理"学院"'}


def test_a_year_and_a_tenth_in_csv_is_refused_as_the_number_is() -> None:
    (row,), _skipped = read("工号,姓名,出生年月,说明\n90000001,测试甲,1985.1,1985.1\n")
    ((key, reason),) = row.faults
    assert key == "born"
    assert "1985-10" in reason
    assert row.values["note"] == "1985.1"
    (row,), _skipped = read("工号,姓名,出生年月\n90000001,测试甲,1985.10\n")
    assert row.values["born"] == dt.date(1985, 10, 1)


@pytest.mark.parametrize("line", ["合\u3000计,,,", "合 计：,2人,,", '总计,12,"1,200.00元",5%', "　小　计,,,3"])
def test_totals_below_the_list_are_passed_over(line: str) -> None:
    rows, skipped = read(f"工号,姓名,出生年月,说明\n1,测试甲,,\n{line}\n")
    assert ([row.values["number"] for row in rows], skipped) == (["1"], [3])


def test_headings_once_more_are_passed_over_and_a_heading_in_a_row_of_its_own_is_a_fault() -> None:
    rows, skipped = read("工号,姓名,说明\n工号,姓名,\n1,甲,\n工号,姓名,说明\n工号,乙,\n")
    assert ([row.number for row in rows], skipped) == ([3, 5], [2, 4])
    assert rows[1].faults == [("number", "这里是表头的文字，请填写内容")]


@pytest.mark.parametrize("text", ["#N/A", "#REF!", "#DIV/0!", "#NAME?", "########"])
def test_what_a_spreadsheet_could_not_work_out_is_a_fault_in_csv_too(text: str) -> None:
    (row,), _skipped = read(f"工号,姓名,说明\n1,测试甲,{text}\n")
    assert [key for key, _reason in row.faults] == ["note"]


@pytest.mark.parametrize(
    "raw",
    [
        1.2345678901234567e16,
        "1.23457E+16",
        True,
        "TRUE",
        dt.time(8, 30),
        dt.timedelta(hours=30),
        dt.datetime(2023, 1, 5),  # noqa: DTZ001
        "2023\x07001",
        "2023\u202e001",
        "2023\ufffd01",
        "合计",
        "合　计",
    ],
)
def test_what_is_no_number_of_a_person_is_refused(raw: Raw) -> None:
    with pytest.raises(CellError):
        Code().parse(raw)


@pytest.mark.parametrize(
    "raw",
    [
        True,
        "FALSE",
        dt.time(8, 30),
        12.0,
        "张\x02三",
        "张\u202e三",
        "张\ufffd",
        "总计",
        "？？？",
        "*",
        dt.date(2023, 1, 5),
    ],
)
def test_what_is_no_name_is_refused(raw: Raw) -> None:
    with pytest.raises(CellError):
        Name().parse(raw)


@pytest.mark.parametrize("text", ["—", "None", "/", "无"])
def test_a_mark_for_nothing_is_no_name(text: str) -> None:
    (row,), _skipped = read(f"工号,姓名\n1,{text}\n")
    assert row.faults == [("name", "不能为空")]


def test_what_telephones_put_around_a_number_is_taken_off() -> None:
    (row,), _skipped = read("工号,姓名,说明\n\u202d20239001\u202c,\u200e测试甲,\ufeff甲\x02乙\u202e丙\n")
    assert row.values == {"number": "20239001", "name": "测试甲", "note": "甲乙丙"}


BIG5 = "20239001,張測試,資訊工程學系\n".encode("cp950")
UTF8 = "20239001,测试甲,信息工程学院\n".encode()
PLAIN = "20239002,测试乙,信息工程学院\n".encode("gb18030")


@pytest.mark.parametrize("line", [BIG5, UTF8], ids=["Big5", "UTF-8"])
def test_rows_in_another_encoding_than_the_headings_are_refused(line: bytes) -> None:
    head = "工号,姓名,说明\n".encode("gb18030")
    with pytest.raises(SpreadsheetError, match="编码"):
        read(head + PLAIN + line)
    rows, _skipped = read(head + PLAIN + "20239003,赵喆镕·㛃,联通\n".encode("gb18030"))
    assert [row.values["name"] for row in rows] == ["测试乙", "赵喆镕·㛃"]


def test_no_text_of_gbk_is_taken_for_another_encoding() -> None:
    names = ["王伟", "李娜", "张敏", "陈静", "欧阳娜娜", "阿不都·热合曼", "㛃䶮", "联通", "国际经济与贸易系", "后勤处"]
    text = "工号,姓名,说明\n" + "".join(f"{place},{name},{name}\n" for place, name in enumerate(names, 1))
    rows, _skipped = read(text.encode("gb18030"))
    assert [row.values["name"] for row in rows] == names
