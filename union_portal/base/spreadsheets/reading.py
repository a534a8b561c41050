"""Reads xlsx and csv files into rows of raw cells, within limits, with clear refusals."""

import csv
import hashlib
import io
import re
import zipfile
from dataclasses import dataclass
from statistics import median_high
from typing import IO, cast

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetVisibleEnum,
    load_workbook,
)

from union_portal.base.spreadsheets.errors import SpreadsheetError
from union_portal.base.spreadsheets.parsers import Raw

_OLE = b"\xd0\xcf\x11\xe0"
_ZIP = b"PK\x03\x04"
_MARKUP = re.compile(rb"^\s*(<\?xml|<!doctype|<html|<table|<meta)", re.IGNORECASE)
_DELIMITERS = (",", "\t", ";", "，", "|")
# How csv exports defuse formulae; taken off again when such a file comes back.
_DEFUSED = re.compile(r"^'(?=[=+\-@＝＋－＠\t\r])")


@dataclass(frozen=True, kw_only=True)
class Limits:
    """How large an upload may be: bytes on disk, bytes unpacked, rows and columns of a sheet."""

    size: int = 20 * 1024 * 1024
    unpacked: int = 300 * 1024 * 1024
    rows: int = 200_000
    columns: int = 300


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A sheet's cells; `rows[0]` is the sheet's row `first_row` (counted from 1)."""

    name: str
    rows: list[list[Raw]]
    first_row: int = 1

    def row_number(self, index: int) -> int:
        """Return the number the spreadsheet program shows beside the row."""
        return self.first_row + index


@dataclass(frozen=True, kw_only=True)
class Book:
    """A read file: its visible, non-empty sheets and the SHA-256 of its bytes."""

    sheets: list[Sheet]
    digest: str
    kind: str


def read_book(file: IO[bytes], *, limits: Limits | None = None) -> Book:
    """Read an xlsx or csv file, told apart by content; raise `SpreadsheetError` when it cannot be used."""
    limits = limits or Limits()
    file.seek(0)
    data = file.read(limits.size + 1)
    if len(data) > limits.size:
        raise SpreadsheetError(
            f"文件超过 {limits.size // 1024 // 1024} MB，请拆分后上传。",
        )
    if not data.strip():
        raise SpreadsheetError("文件是空的。")
    if data.startswith(_OLE):
        raise SpreadsheetError(
            "这是旧版 .xls 文件或设有密码的文件，请另存为不带密码的 .xlsx。",
        )
    if data.startswith(_ZIP):
        kind, sheets = "xlsx", _read_xlsx(data, limits)
    elif _MARKUP.match(data.removeprefix(b"\xef\xbb\xbf")):
        raise SpreadsheetError("这是以电子表格为名的网页文件，请打开后另存为 .xlsx。")
    else:
        kind, sheets = "csv", [_read_csv(data, limits)]
    sheets = [sheet for sheet in sheets if sheet.rows]
    if not sheets:
        raise SpreadsheetError("文件是空的。")
    return Book(sheets=sheets, digest=hashlib.sha256(data).hexdigest(), kind=kind)


def _read_xlsx(data: bytes, limits: Limits) -> list[Sheet]:
    _refuse_bombs(data, limits)
    try:
        with load_workbook(io.BytesIO(data)) as book:
            shown = [meta.name for meta in book.sheets_metadata if meta.visible is SheetVisibleEnum.Visible]
            return [_read_sheet(book, name, limits) for name in shown]
    except PasswordError as error:
        raise SpreadsheetError("文件设有密码，请去掉密码后保存。") from error
    except (CalamineError, zipfile.BadZipFile, OSError, ValueError) as error:
        raise SpreadsheetError("文件已损坏或不是 xlsx 文件，请打开后重新另存为 .xlsx。") from error


def _read_sheet(book: CalamineWorkbook, name: str, limits: Limits) -> Sheet:
    sheet: CalamineSheet = book.get_sheet_by_name(name)
    if sheet.start is None:
        return Sheet(name=name, rows=[])
    if sheet.height > limits.rows or sheet.width > limits.columns:
        raise SpreadsheetError(
            f"工作表“{name}”超过 {limits.rows} 行或 {limits.columns} 列，请删去不需要的部分。",
        )
    return Sheet(
        name=name, rows=cast("list[list[Raw]]", sheet.to_python(skip_empty_area=True)), first_row=sheet.start[0] + 1
    )


def _refuse_bombs(data: bytes, limits: Limits) -> None:
    """Count what the archive really unpacks to; the sizes it declares may lie."""
    left = limits.unpacked
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if "xl/workbook.xml" not in archive.namelist():
                raise SpreadsheetError("这不是电子表格，请上传 .xlsx 或 .csv 文件。")
            for entry in archive.infolist():
                entry.file_size = 1 << 62  # read to the stream's own end, not to the declared one
                with archive.open(entry) as stream:
                    while chunk := stream.read(1024 * 1024):
                        left -= len(chunk)
                        if left < 0:
                            raise SpreadsheetError("文件解压后过大，没有打开。")
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise SpreadsheetError("文件已损坏或不是 xlsx 文件，请打开后重新另存为 .xlsx。") from error


def _read_csv(data: bytes, limits: Limits) -> Sheet:
    text = _decoded(data)
    if "\0" in text:
        raise SpreadsheetError("这不是电子表格，请上传 .xlsx 或 .csv 文件。")
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    rows: list[list[Raw]] = []
    try:
        for line in lines:
            rows.append([_DEFUSED.sub("", cell) for cell in line])
            if len(rows) > limits.rows or len(line) > limits.columns:
                raise SpreadsheetError(
                    f"文件超过 {limits.rows} 行或 {limits.columns} 列，请删去不需要的部分。",
                )
    except csv.Error as error:
        raise SpreadsheetError(
            f"csv 文件在第 {lines.line_num} 行附近无法读取，请另存为 .xlsx。",
        ) from error
    return Sheet(name="csv", rows=rows)


def _decoded(data: bytes) -> str:
    encodings = ["utf-16"] if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise SpreadsheetError("文件既不是 UTF-8 也不是 GBK 编码的文本，请另存为 .xlsx。")


def _delimiter(text: str) -> str:
    """Pick the delimiter that cuts the first lines into the most cells; the median forgives titles and stray marks."""
    head = text[:20_000].splitlines(keepends=True)[:15]

    def cells(delimiter: str) -> int:
        try:
            widths = [len(line) for line in csv.reader(head, delimiter=delimiter) if line]
        except csv.Error:
            return 0
        return median_high(widths) if widths else 0

    return max(_DELIMITERS, key=cells)
