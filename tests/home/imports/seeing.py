"""What others see in a file: openpyxl in an xlsx, Python's csv in the encoding it was written in."""

import csv
import datetime as dt
import io
import re
import unicodedata
import warnings
from typing import Any

import openpyxl

from tests.home.imports.tables import HEADINGS, Spoilt

# What stands in a cell that says nothing, or that says that nothing is to be kept.
NOTHING = ("None", "null", "—", "#N/A", "清空")
_ZERO = dt.date(1899, 12, 30)


def tables(file: Spoilt) -> list[list[list[Any]]]:
    """Return the rows of every sheet that is shown."""
    if file.data.startswith(b"PK"):
        with warnings.catch_warnings(action="ignore"):
            book = openpyxl.load_workbook(io.BytesIO(file.data), data_only=True, read_only=True)
        shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        return [[list(row) for row in sheet.iter_rows(values_only=True)] for sheet in shown]
    text = file.data.decode(file.encoding, "surrogateescape" if file.encoding != "utf-16" else "replace")
    return [[list(row) for row in csv.reader(io.StringIO(text.lstrip("\ufeff"), newline=""), delimiter=file.delimiter)]]


def people(file: Spoilt) -> list[dict[str, Any]]:
    """Return what stands under the headings, row by row, rows without a number or name left out."""
    found = []
    for table in tables(file):
        for place, row in enumerate(table):
            names = [words(cell) for cell in row]
            if {"工号", "姓名"} <= set(names):
                places = {name: names.index(name) for name in HEADINGS if name in names}
                below = [[*one, *[None] * (len(row) - len(one))] for one in table[place + 1 :]]
                found += [
                    {name: one[column] for name, column in places.items()} for one in below if any(map(words, one))
                ]
                break
    return found


def words(cell: Any) -> str:
    """Return a cell's text without spaces and what nobody sees, numbers as whole ones."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell == int(cell):
        cell = int(cell)
    text = re.sub(r'^="(.*)"$', r"\1", str(cell).removeprefix("'"))
    text = re.sub(r"_x([0-9A-F]{4})_", lambda match: chr(int(match[1], 16)), text)
    text = "" if text in NOTHING else text
    text = unicodedata.normalize("NFKC", text)
    return "".join(c for c in text if not c.isspace() and unicodedata.category(c) != "Cf").replace("•", "·")


def day(cell: Any) -> dt.date | None:
    """Return the day a cell means, as a person would read it; None for an empty one."""
    if isinstance(cell, dt.datetime):
        return cell.date()
    if isinstance(cell, int | float) and 3000 < cell < 80_000:
        return _ZERO + dt.timedelta(days=int(cell))
    parts = [int(part) for part in re.findall(r"\d+", words(cell))]
    if len(parts) == 1 and parts[0] > 10**7:
        parts = [parts[0] // 10_000, parts[0] // 100 % 100, parts[0] % 100]
    if len(parts) == 1:
        return _ZERO + dt.timedelta(days=parts[0])
    return dt.date(*[*parts, 1][:3]) if parts else None
