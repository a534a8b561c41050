"""Reads xlsx and csv files into rows of raw cells, within limits, with clear refusals."""

import hashlib
import re
from dataclasses import dataclass
from typing import IO

from union_portal.base.apart.messages import Means
from union_portal.base.apart.processes import Apart, Beyond
from union_portal.base.spreadsheets.errors import SpreadsheetError, Unreadable
from union_portal.base.spreadsheets.raw import Limits, Raw, Sheet

APART = Apart("union_portal.base.spreadsheets.opening:opened")
_OLE = b"\xd0\xcf\x11\xe0"
_ZIP = b"PK\x03\x04"
_MARKUP = re.compile(rb"^\s*(<\?xml|<!doctype|<html|<table|<meta)", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Book:
    """A read file: its visible, non-empty sheets, the SHA-256 of its bytes, the memory that reading it took."""

    sheets: list[Sheet]
    digest: str
    kind: str
    memory: int = 0


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
    if _MARKUP.match(data.removeprefix(b"\xef\xbb\xbf")):
        raise SpreadsheetError("这是以电子表格为名的网页文件，请打开后另存为 .xlsx。")
    try:
        sheets, memory = _sheets(data, limits)
    except Beyond as error:
        raise Unreadable from error
    if not sheets:
        raise SpreadsheetError("文件是空的。")
    kind = "xlsx" if data.startswith(_ZIP) else "csv"
    return Book(sheets=sheets, digest=hashlib.sha256(data).hexdigest(), kind=kind, memory=memory)


def _sheets(data: bytes, limits: Limits) -> tuple[list[Sheet], int]:
    sheets: list[Sheet] = []
    rows: list[list[Raw]] = []
    memory = cells = 0
    for told in APART.open(data, limits, means=Means(limits.memory, limits.seconds)):
        if isinstance(told, int):
            memory = told
        elif isinstance(told, list):
            rows += told
            cells += sum(map(len, told))
            if cells > limits.cells:
                raise SpreadsheetError(f"文件超过 {limits.cells // 10_000} 万格，请拆分后上传。")
        else:
            name, first_row, hidden = told
            rows = []
            sheets.append(Sheet(name=name, rows=rows, first_row=first_row, hidden=hidden))
    return [sheet for sheet in sheets if sheet.rows], memory
