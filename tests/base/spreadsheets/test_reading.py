"""What could not be read in full is never empty; what is damaged or too large is refused before it costs anything."""

import io
import re
import time
from typing import Any

import pytest

from tests.base.spreadsheets.handmade import row, sheet, workbook
from union_portal.base.spreadsheets.errors import SpreadsheetError, Unreadable
from union_portal.base.spreadsheets.raw import Limits, Raw, Unread
from union_portal.base.spreadsheets.reading import read_book

HEADINGS = row(1, "工号", "姓名")


def cells(*rows: str, after: str = "", texts: tuple[str, ...] = ()) -> list[list[Raw]]:
    return read_book(workbook(sheet(*rows, after=after), texts=texts)).sheets[0].rows


def unread(cell: Raw) -> str:
    assert isinstance(cell, Unread), cell
    return cell.reason


def test_a_merged_range_counts_for_all_its_rows_in_every_column() -> None:
    read = cells(
        row(1, "工号", "姓名", "所属分工会"),
        row(2, "1", "甲", "信息分工会"),
        row(3, "2", "乙", '<c r="C3" s="1"/>'),
        row(4, "3", "丙"),
        row(5, "4", "丁"),
        after='<mergeCells count="1"><mergeCell ref="C2:C4"/></mergeCells>',
    )
    assert [line[2] for line in read[1:]] == ["信息分工会"] * 3 + [""]


def test_a_merged_range_makes_no_row_of_what_is_empty() -> None:
    read = cells(
        row(1, "工号", "姓名"),
        row(2, "1", "甲"),
        row(4, "2", "乙"),
        after='<mergeCells><mergeCell ref="A2:A3"/><mergeCell ref="B2:B3"/></mergeCells>',
    )
    assert read[2] == ["", ""]


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ('<c r="B2"><f>DATE(1985,10,1)</f></c>', "公式"),
        ('<c r="B2" s="1"><f>DATE(1985,10,1)</f><v></v></c>', "公式"),
        ('<c r="B2" t="str"><f>A1</f></c>', "公式"),
        ('<c r="B2" t="e"><f>A9</f><v>#REF!</v></c>', "#REF!"),
        ('<c r="B2" t="e"><v>#N/A</v></c>', "#N/A"),
        ('<c r="B2" t="e"><v>#SPILL!</v></c>', "#SPILL!"),
        ('<c r="B2" t="s"><v>7</v></c>', "损坏"),
        ('<c r="B2" t="s"><v>-1</v></c>', "损坏"),
        ('<c r="B2"><v>NaN</v></c>', "有限"),
        ('<c r="B2"><v>INF</v></c>', "有限"),
        ('<c r="B2"><v>1e999</v></c>', "有限"),
        ('<c r="B2" t="b"><v>7</v></c>', "损坏"),
    ],
)
def test_a_cell_whose_value_is_not_all_there_is_a_fault_and_never_empty(cell: str, said: str) -> None:
    try:
        told = unread(cells(HEADINGS, row(2, "1", cell), texts=("只有", "两个"))[1][1])
    except SpreadsheetError as error:  # where the library refuses the whole file because of it
        told = str(error)
        assert "第 2 行第 2 列" in told
    assert said in told


def test_a_formula_with_its_value_is_the_value() -> None:
    read = cells(
        HEADINGS,
        row(2, "1", '<c r="B2" t="str"><f>A1</f><v>甲</v></c>'),
        row(3, "2", '<c r="B3" t="str"><f>A1</f><v></v></c>'),
    )
    assert [line[1] for line in read] == ["姓名", "甲", ""]


def test_rows_that_a_filter_hides_are_told() -> None:
    book = read_book(workbook(sheet(HEADINGS, row(2, "1", "甲", more=' hidden="1"'), row(3, "2", "乙"))))
    assert book.sheets[0].hidden == {2}


@pytest.mark.parametrize("place", ["XFD1048576", "KM199999", "A1048576", "XFD3"])
def test_one_stray_cell_is_refused_before_its_rectangle_is_made(place: str) -> None:
    number = int(place.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
    stray = row(number, f'<c r="{place}" t="inlineStr"><is><t>x</t></is></c>')
    begun = time.monotonic()
    with pytest.raises(SpreadsheetError, match=r"行"):
        read_book(workbook(sheet(HEADINGS, row(2, "1", "甲"), stray)))
    assert time.monotonic() - begun < 5


def test_cells_that_are_only_formatted_do_not_count() -> None:
    far = '<row r="1048576"><c r="XFD1048576" s="1"/></row>'
    book = read_book(workbook(sheet(HEADINGS, row(2, "1", "甲"), far)))
    assert book.sheets[0].rows == [["工号", "姓名"], ["1", "甲"]]


def test_a_table_that_begins_below_and_aside_keeps_its_row_numbers() -> None:
    book = read_book(
        workbook(sheet(row(3, "", "", "工号", "姓名"), row(4, "", "", '<c r="C4" t="e"><v>#N/A</v></c>', "甲")))
    )
    assert book.sheets[0].first_row == 3
    assert unread(book.sheets[0].rows[1][0])


DAMAGED: dict[str, Any] = {
    "cells out of order": '<row r="2"><c r="B2"><v>1</v></c><c r="A2"><v>2</v></c></row>',
    "a cell twice": '<row r="2"><c r="A2"><v>1</v></c><c r="A2"><v>2</v></c></row>',
    "a row twice": row(2, "1") + row(2, "2"),
    "a cell of another row": '<row r="2"><c r="A9"><v>1</v></c></row>',
    "a reference that is none": '<row r="2"><c r="工2"><v>1</v></c></row>',
    "a row far out": '<row r="99999999999999999999"><c r="A1"><v>1</v></c></row>',
    "a date before all time": '<row r="2"><c r="A2" s="1"><v>-1e299</v></c></row>',
    "no number": '<row r="2"><c r="A2"><v>zwölf</v></c></row>',
    "XML that ends": '<row r="2"><c r="A2"><v>1</v>',
}


@pytest.mark.parametrize("damage", DAMAGED.values(), ids=DAMAGED.keys())
def test_a_damaged_sheet_is_refused_with_one_sentence_or_its_cell_is_marked(damage: str) -> None:
    try:
        (cell,) = cells(HEADINGS, damage)[1][:1]
    except SpreadsheetError as error:
        refused = str(error)
    else:
        refused = unread(cell)
    assert re.search(r"另存为 \.xlsx|重新填写", refused)


def test_a_byte_cut_or_flipped_is_refused_with_one_sentence() -> None:
    whole = workbook(sheet(HEADINGS, row(2, "1", "甲"))).getvalue()
    for data in (whole[:-1], whole[:-100], whole[: len(whole) // 2], whole[:60] + b"\xff" + whole[61:]):
        with pytest.raises(SpreadsheetError, match=r"另存为 \.xlsx"):
            read_book(io.BytesIO(data))


def test_document_types_and_doubled_parts_are_refused() -> None:
    bomb = '<!DOCTYPE a [<!ENTITY b "甲">]>' + sheet(HEADINGS, '<row r="2"><c r="A2" t="str"><v>&b;</v></c></row>')
    with pytest.raises(Unreadable):
        read_book(workbook(bomb))
    with pytest.raises(Unreadable):
        read_book(workbook(sheet(HEADINGS), parts={"XL/worksheets/Sheet1.xml": sheet(row(1, "别的"))}))


def test_what_takes_too_much_memory_or_time_ends_its_own_process_only() -> None:
    big = workbook(sheet(*(row(number, *["文" * 50] * 20) for number in range(1, 4_000))))
    with pytest.raises(Unreadable):
        read_book(big, limits=Limits(memory=48 * 1024 * 1024))
    with pytest.raises(Unreadable):
        read_book(io.BytesIO(("甲,乙\n" * 199_000).encode() * 10), limits=Limits(rows=10**8, cells=10**8, seconds=1))
    assert read_book(workbook(sheet(HEADINGS))).memory < 100 * 1024 * 1024
