"""Reads an xlsx row by row: the values by calamine, what it cannot say from a look through the XML before."""

import io
from collections.abc import Iterator
from itertools import chain
from typing import cast

from python_calamine import CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum, load_workbook

from union_portal.base.spreadsheets.errors import SpreadsheetError, Unreadable
from union_portal.base.spreadsheets.packages import Package
from union_portal.base.spreadsheets.raw import Limits, Raw
from union_portal.base.spreadsheets.scanning import Scan

Opened = tuple[str, int, frozenset[int], Iterator[list[Raw]]]


def open_workbook(data: bytes, limits: Limits) -> Iterator[Opened]:
    """Yield of each visible sheet its name, the number of its first row, its hidden rows, and the rows."""
    scans = Package(data, limits).scan()
    try:
        book = load_workbook(io.BytesIO(data))
    except PasswordError as error:
        raise SpreadsheetError("文件设有密码，请去掉密码后保存。") from error
    with book:
        if not set(scans) <= {meta.name for meta in book.sheets_metadata}:
            raise Unreadable
        for meta in book.sheets_metadata:
            if meta.name in scans and meta.typ == SheetTypeEnum.WorkSheet:
                scan = scans[meta.name]
                if scan.rows[1]:
                    rows = _rows(_opened(book, meta.name, scan), scan)
                    yield meta.name, scan.rows[0], frozenset(scan.hidden), rows


def _opened(book: CalamineWorkbook, name: str, scan: Scan) -> CalamineSheet:
    """Open a sheet; name the cell where the library refuses all of it because of one."""
    try:
        return book.get_sheet_by_name(name)
    except BaseException as error:
        if not scan.unread:
            raise
        (row, column), mark = min(scan.unread.items())
        raise SpreadsheetError(f"工作表“{name}”第 {row} 行第 {column} 列：{mark.reason}。") from error


def _rows(sheet: CalamineSheet, scan: Scan) -> Iterator[list[Raw]]:
    """Yield the rows of the rectangle that the scan saw, merged ranges spread over their rows."""
    first, last = scan.rows
    left, right = scan.columns
    width = right - left + 1
    lines: Iterator[list[Raw]] = iter(())
    if sheet.start is not None and sheet.end is not None:
        top, start, bottom, end = sheet.start[0] + 1, sheet.start[1] + 1, sheet.end[0] + 1, sheet.end[1] + 1
        if top < first or bottom > last or start < left or end > right:
            raise Unreadable
        before: list[Raw] = [""] * (start - left)
        after: list[Raw] = [""] * (right - end)
        none: list[Raw] = [""] * (end - start + 1)
        whole = chain((none for _row in range(first, top)), _lines(sheet, top))
        lines = ([*before, *line, *after] for line in whole)
    unread: dict[int, list[tuple[int, Raw]]] = {}
    for (row, column), mark in scan.unread.items():
        unread.setdefault(row, []).append((column - left, mark))
    spread = _Spread(scan, left)
    for number in range(first, last + 1):
        line = next(lines, None) or [""] * width
        for place, cell in unread.get(number, ()):
            line[place] = cell
        spread.over(number, line)
        yield line


def _lines(sheet: CalamineSheet, top: int) -> Iterator[list[Raw]]:
    """Yield the sheet's rows from its first filled one on."""
    for number, line in enumerate(sheet.iter_rows(), 1):
        if number >= top:
            yield cast("list[Raw]", line)


class _Spread:
    """Carries what a merged range says to each of its rows; to the first column only, as it is one value."""

    def __init__(self, scan: Scan, left: int) -> None:
        self._begin: dict[int, list[tuple[int, int]]] = {}
        for column, first, last in scan.merged:
            if scan.columns[0] <= column <= scan.columns[1]:
                self._begin.setdefault(first, []).append((column - left, last))
        self._open: dict[int, tuple[int, Raw]] = {}

    def over(self, number: int, line: list[Raw]) -> None:
        """Fill a row's merged cells, unless the row holds nothing of its own."""
        if self._open:
            self._open = {place: told for place, told in self._open.items() if told[0] >= number}
            if any(cell not in ("", None) for cell in line):
                for place, (_last, value) in self._open.items():
                    if line[place] == "":
                        line[place] = value
        for place, last in self._begin.get(number, ()):
            if line[place] not in ("", None):
                self._open[place] = (last, line[place])
