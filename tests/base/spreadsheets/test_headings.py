"""Which sheets and columns of a file are read, and which are named as not read."""

import pytest

from tests.base.spreadsheets.handmade import row, sheet, workbook
from union_portal.base.spreadsheets.columns import Column
from union_portal.base.spreadsheets.errors import SpreadsheetError
from union_portal.base.spreadsheets.headers import Headings, find_headings
from union_portal.base.spreadsheets.parsers import Code, Name
from union_portal.base.spreadsheets.reading import read_book

COLUMNS = (
    Column(key="number", label="工号", parser=Code(), required=True),
    Column(key="name", label="姓名", parser=Name(), required=True),
    Column(key="born", label="出生日期"),
    Column(key="branch", label="所属分工会"),
    Column(key="joined", label="入会时间"),
    Column(key="unit", label="单位", synonyms=("部门", "学院")),
    Column(key="mobile", label="手机", synonyms=("联系电话",)),
)


def found(*sheets: str, names: tuple[str, ...] = ()) -> Headings:
    return find_headings(read_book(workbook(*sheets, names=names)), COLUMNS)


def test_every_sheet_under_the_same_headings_is_read_and_the_others_are_named() -> None:
    headings = found(
        sheet(row(1, "填表说明"), row(2, "工号写八位")),
        sheet(row(1, "工号", "姓名"), row(2, "1", "甲")),
        sheet(row(1, "退休人员"), row(2, "姓名", "工号"), row(3, "乙", "2")),
        sheet(row(1, "工号", "姓名", "单位"), row(2, "3", "丙", "物理")),
        names=("说明", "在职", "离退休", "借调"),
    )
    assert [part.sheet.name for part in headings.parts] == ["借调"]
    assert headings.unread == ["说明", "在职", "离退休"]
    headings = found(
        sheet(row(1, "填表说明"), row(2, "工号写八位")),
        sheet(row(1, "工号", "姓名"), row(2, "1", "甲")),
        sheet(row(1, "退休人员"), row(2, "姓名", "工号"), row(3, "乙", "2")),
        names=("说明", "在职", "离退休"),
    )
    assert [(part.sheet.name, part.index) for part in headings.parts] == [("在职", 0), ("离退休", 1)]
    assert headings.unread == ["说明"]


MERGED = (
    '<mergeCells><mergeCell ref="A1:A2"/><mergeCell ref="B1:B2"/><mergeCell ref="C1:E1"/></mergeCells>',
    "",
)


@pytest.mark.parametrize("after", MERGED, ids=["merged", "as a program that keeps no merges saves it"])
def test_headings_of_two_rows_are_read(after: str) -> None:
    headings = found(
        sheet(
            row(1, "工号", "姓名", "人员信息"),
            row(2, "", "", "出生日期", "所属分工会", "入会时间"),
            row(3, "1", "甲"),
            after=after,
        )
    )
    assert headings.index == 1
    assert headings.places == {"number": 0, "name": 1, "born": 2, "branch": 3, "joined": 4}


def test_a_columns_own_name_wins_and_the_other_word_is_named_as_not_used() -> None:
    headings = found(sheet(row(1, "工号", "姓名", "部门", "单位", "手机", "联系电话")))
    assert (headings.places["unit"], headings.places["mobile"]) == (3, 4)
    assert headings.ignored == ["部门", "联系电话"]


def test_two_other_words_for_a_column_are_refused() -> None:
    with pytest.raises(SpreadsheetError, match=r"部门.*学院"):
        found(sheet(row(1, "工号", "姓名", "部门", "学院")))
