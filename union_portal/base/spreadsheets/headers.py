"""Finds the heading row and says which column of the sheet is which."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from union_portal.base.spreadsheets.columns import Column
from union_portal.base.spreadsheets.errors import SpreadsheetError
from union_portal.base.spreadsheets.raw import Raw, Sheet
from union_portal.base.spreadsheets.reading import Book
from union_portal.base.spreadsheets.text import clean_code

_SEARCHED_ROWS = 15
_BRACKETS = re.compile(r"[(\[【〔{<《「]([^)\]】〕}>》」]*)[)\]】〕}>》」]")
# A bracket behind a heading that only says how to fill the column in.
_HINT = re.compile(
    r"必|选填|可填|填|格式|文本|数字|日期|年|月|日|元|岁|位|如|例|yyyy|注|下拉|是/否|单位|示例|^\d*$", re.IGNORECASE
)
_MARKS = re.compile(r"[*★※#:：、,，.。·/\\|_\-—~\"'“”‘’?？!！]")


@dataclass(frozen=True, kw_only=True)
class Headings:
    """Where the table lies: the sheet, its heading row and each found column's place."""

    sheet: Sheet
    index: int
    places: dict[str, int]
    ignored: list[str]


def heading_key(text: str) -> str:
    """Return what of a heading counts: no spaces, stars, punctuation or case; brackets keep their words."""
    return _MARKS.sub("", re.sub(r"[()\[\]【】〔〕{}<>《》「」]", "", clean_code(text))).casefold()


def find_headings(book: Book, columns: Sequence[Column]) -> Headings:
    """Find the row that names the most known columns; refuse unknown tables, doubled and missing columns."""
    known = {heading_key(word): column.key for column in columns for word in (column.label, *column.synonyms)}
    best: tuple[int, Sheet, int] | None = None
    for sheet in book.sheets:
        for index, row in enumerate(sheet.rows[:_SEARCHED_ROWS]):
            found = len({key for cell in row if (key := _known(cell, known)) is not None})
            if found and (best is None or found > best[0]):
                best = (found, sheet, index)
    required = [column for column in columns if column.required]
    if best is None:
        raise SpreadsheetError(
            "前 {rows} 行中没有找到表头；至少需要这些列：{columns}。".format(
                rows=_SEARCHED_ROWS, columns="、".join(column.label for column in required or columns)
            ),
        )
    _count, sheet, index = best
    places, ignored = _placed(sheet.rows[index], known, columns)
    missing = [column.label for column in required if column.key not in places]
    if missing:
        raise SpreadsheetError(
            "第 {row} 行的表头中缺少这些列：{columns}。".format(
                row=sheet.row_number(index), columns="、".join(missing)
            ),
        )
    return Headings(sheet=sheet, index=index, places=places, ignored=ignored)


def _known(cell: Raw, known: dict[str, str]) -> str | None:
    if not isinstance(cell, str) or not cell:
        return None
    key = known.get(heading_key(cell))
    return key if key is not None else known.get(heading_key(_without_hints(cell)))


def _without_hints(text: str) -> str:
    return _BRACKETS.sub(lambda match: "" if _HINT.search(match[1]) else match[0], clean_code(text))


def _placed(row: list[Raw], known: dict[str, str], columns: Sequence[Column]) -> tuple[dict[str, int], list[str]]:
    places: dict[str, int] = {}
    ignored: list[str] = []
    labels = {column.key: column.label for column in columns}
    for place, cell in enumerate(row):
        key = _known(cell, known)
        if key is None:
            if isinstance(cell, str) and cell.strip():
                ignored.append(" ".join(cell.split()))
        elif key in places:
            raise SpreadsheetError(
                f"“{labels[key]}”一列出现了两次（“{_flat(row[places[key]])}”和“{_flat(cell)}”），请只保留一列。",
            )
        else:
            places[key] = place
    return places, ignored


def _flat(cell: Raw) -> str:
    return "".join(str(cell).split())
