"""Reading: headings, file types, limits, Excel's habits; writing: no formulae, marked cells."""

import contextlib
import datetime as dt
import io
import zipfile
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.base.spreadsheets import handmade
from union_portal.base.spreadsheets.columns import Column, mask
from union_portal.base.spreadsheets.dates import Date
from union_portal.base.spreadsheets.errors import CellError, SpreadsheetError
from union_portal.base.spreadsheets.headers import find_headings
from union_portal.base.spreadsheets.parsers import Amount, Boolean, Choice, Code, Integer, LongNumber, Name, Text
from union_portal.base.spreadsheets.raw import Limits
from union_portal.base.spreadsheets.reading import read_book
from union_portal.base.spreadsheets.writing import Marked, write_csv, write_marked, write_template, write_xlsx

COLUMNS = (
    Column(key="number", label="工号", synonyms=("职工号",), parser=Code(), required=True, example="20230001"),
    Column(key="name", label="姓名", parser=Name(), required=True),
    Column(key="born", label="出生日期", synonyms=("出生年月",), parser=Date()),
    Column(key="gender", label="性别", parser=Choice({"m": "男", "f": "女"})),
)


def workbook(*rows: list[Any]) -> io.BytesIO:
    """Return an xlsx with these rows, typed as xlsxwriter types them."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"default_date_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet()
    for index, row in enumerate(rows):
        sheet.write_row(index, 0, row)
    book.close()
    return out


@pytest.mark.parametrize(
    ("raw", "day"),
    [
        ("2023/1/5", dt.date(2023, 1, 5)),
        ("2023年1月5日", dt.date(2023, 1, 5)),
        ("2023-01-05 00:00:00", dt.date(2023, 1, 5)),
        ("2023．0１．05　", dt.date(2023, 1, 5)),
        ("20230105", dt.date(2023, 1, 5)),
        (20230105.0, dt.date(2023, 1, 5)),
        ("2023.1", dt.date(2023, 1, 1)),
        ("2023年10月", dt.date(2023, 10, 1)),
        (2023.11, dt.date(2023, 11, 1)),
        (2023.02, dt.date(2023, 2, 1)),
        (44931.0, dt.date(2023, 1, 5)),
        (dt.datetime(2023, 1, 5), dt.date(2023, 1, 5)),  # noqa: DTZ001
        (dt.date(2023, 1, 5), dt.date(2023, 1, 5)),
        ("202301", dt.date(2023, 1, 1)),
    ],
)
def test_a_date_is_read_however_it_was_typed(raw: Any, day: dt.date) -> None:
    assert Date().parse(raw) == day


@pytest.mark.parametrize("raw", ["2023/2/30", "5/1/2023", "去年", 2023.1, 2023.0, 12, "23-1-5", True, "9999-01-01"])
def test_a_date_that_could_mean_another_day_is_refused(raw: Any) -> None:
    with pytest.raises(CellError):
        Date().parse(raw)


@settings(deadline=None)
@given(st.dates(dt.date(1950, 1, 1), dt.date(2100, 12, 31)))
def test_every_day_survives_every_way_of_writing(day: dt.date) -> None:
    serial = (day - dt.date(1899, 12, 30)).days
    for raw in (
        day.isoformat(),
        f"{day.year}/{day.month}/{day.day}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{day:%Y%m%d}",
        float(serial),
    ):
        assert Date().parse(raw) == day


@settings(deadline=None)
@given(st.text())
def test_no_text_breaks_a_parser(text: str) -> None:
    for parser in (Date(), Integer(), Amount(), Boolean(), Choice({"a": "甲"}), Name(), Code(), LongNumber(), Text()):
        with contextlib.suppress(CellError):
            parser.parse(text)


def test_numbers_that_are_names_lose_nothing() -> None:
    assert Code().parse(13800138000.0) == "13800138000"
    assert Code().parse("　００１２３ ") == "00123"
    assert Name().parse("张\u3000三") == "张三"
    assert Name().parse("阿迪力•买买提") == "阿迪力·买买提"


@pytest.mark.parametrize("raw", [110101199001011230.0, 110101199001011230, "1.10101E+17"])
def test_an_identity_number_stored_as_a_number_is_refused_with_the_reason(raw: Any) -> None:
    with pytest.raises(CellError, match="15"):
        LongNumber().parse(raw)
    assert LongNumber().parse("11010119900101123x") == "11010119900101123X"


def test_amounts_are_exact_or_refused() -> None:
    assert Amount().parse("￥1,000.5元") == Decimal("1000.50")
    assert Amount().parse(0.1 + 0.2) == Decimal("0.30")
    with pytest.raises(CellError):
        Amount().parse("1.005")


def test_yes_and_no_and_choices_take_offices_words() -> None:
    assert Boolean().parse("√") is True
    assert Boolean().parse("无") is False
    assert Choice({"m": "男"}).parse(" 男 ") == "m"
    with pytest.raises(CellError, match="男"):
        Choice({"m": "男"}).parse("南")


def test_headings_are_found_below_a_title_in_any_order_and_dress() -> None:
    file = workbook(
        ["某某学院教职工信息表"], [], ["序号", "*姓 名", "出生日期\n（年/月/日）", "职工号（必填）"], [1, "李", "", "7"]
    )
    headings = find_headings(read_book(file), COLUMNS)
    assert headings.places == {"name": 1, "born": 2, "number": 3}
    assert headings.sheet.row_number(headings.index) == 3
    assert headings.ignored == ["序号"]


def test_a_bracket_that_names_something_else_is_not_the_column() -> None:
    headings = find_headings(read_book(workbook(["工号", "姓名", "姓名（拼音）"])), COLUMNS)
    assert headings.ignored == ["姓名（拼音）"]


def test_doubled_and_missing_headings_are_refused_by_name() -> None:
    with pytest.raises(SpreadsheetError, match="工号"):
        find_headings(read_book(workbook(["工号", "姓名", "工号"])), COLUMNS)
    with pytest.raises(SpreadsheetError, match="姓名"):
        find_headings(read_book(workbook(["工号", "性别"])), COLUMNS)
    with pytest.raises(SpreadsheetError, match="工号、姓名"):
        find_headings(read_book(workbook(["甲", "乙"])), COLUMNS)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_csv_is_read_in_every_encoding_and_delimiter(encoding: str, delimiter: str) -> None:
    text = f"工号{delimiter}姓名\r\n001{delimiter}张三\r\n"
    book = read_book(io.BytesIO(text.encode(encoding)))
    assert book.sheets[0].rows == [["工号", "姓名"], ["001", "张三"]]


def test_what_is_no_spreadsheet_is_refused() -> None:
    bomb = handmade.workbook(handmade.sheet(), parts={"xl/media/image1.png": "0" * 5_000_000})
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("a.txt", "a")
    with pytest.raises(SpreadsheetError, match=r"解|unpack"):
        read_book(bomb, limits=Limits(unpacked=1_000_000))
    for data in (
        other.getvalue(),
        b"PK\x03\x04 broken",
        b"\xd0\xcf\x11\xe0 old",
        b"<html><table>",
        b"",
        b"  \r\n",
        b"a\0b",
        b"x" * 2000,
    ):
        with pytest.raises(SpreadsheetError):
            find_headings(read_book(io.BytesIO(data), limits=Limits(size=1000)), COLUMNS)


def test_no_written_text_becomes_a_formula() -> None:
    hostile = ["=1+1", "+1", "-1", "@x", "\t=1", "＝1"]
    sheet = openpyxl.load_workbook(io.BytesIO(write_xlsx(headings=["甲"], rows=[[h] for h in hostile]))).active
    assert sheet is not None
    assert [cell.data_type for cell in sheet["A"]][1:] == ["s"] * len(hostile)
    written = write_csv(headings=["甲"], rows=[[h] for h in hostile]).decode("utf-8-sig")
    assert all(line.lstrip('"').startswith("'") for line in written.splitlines()[1:])
    assert [row[0] for row in read_book(io.BytesIO(written.encode())).sheets[0].rows][1:] == hostile


def test_long_digits_stay_text() -> None:
    number = "110101199001011237"
    book = read_book(io.BytesIO(write_xlsx(headings=["号"], rows=[[number], [int(number)]])))
    assert book.sheets[0].rows[1:] == [[number], [number]]


def test_a_template_reads_back_as_an_empty_table() -> None:
    data = io.BytesIO(write_template(columns=COLUMNS, title="教职工"))
    headings = find_headings(read_book(data), COLUMNS)
    assert len(headings.places) == len(COLUMNS)
    sheet = openpyxl.load_workbook(data).active
    assert sheet is not None
    assert "必填" in sheet["A1"].comment.text
    assert sheet.data_validations.dataValidation[0].formula1 == '"男,女"'


def test_a_template_lists_what_no_cell_rule_can_hold_on_a_sheet_that_is_not_read() -> None:
    words = {str(number): f"第{number}个数据项种类" for number in range(60)}
    columns = [*COLUMNS, Column(key="kind", label="数据项种类", parser=Choice(words))]
    data = io.BytesIO(write_template(columns=columns, title="补录"))
    book = openpyxl.load_workbook(data)
    assert [row[0] for row in book["可填的内容"].iter_rows(values_only=True)] == ["可填：数据项种类", *words.values()]
    rules = [rule.formula1 for rule in book["补录"].data_validations.dataValidation]
    assert "'可填的内容'!$A$2:$A$61" in rules
    headings = find_headings(read_book(data), columns)
    assert (headings.sheet.name, headings.further, headings.unread) == ("补录", [], [])


def test_a_marked_sheet_shows_cell_and_reason() -> None:
    data = write_marked(
        [Marked(rows=[["工号", "生日"], ["1", "坏"]], heading_index=0, faults={1: {1: "不是日期", -1: "重复"}})]
    )
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    assert sheet is not None
    assert sheet["B2"].comment.text == "不是日期"
    assert sheet["B2"].fill.fgColor.rgb.endswith("FDD9D7")
    assert sheet["C1"].value == "问题"
    assert sheet["C2"].value == "不是日期；重复"


def test_masks_keep_only_the_end() -> None:
    assert mask("110101199001011237") == "*" * 14 + "1237"
    assert mask("1234") == "***4"
