"""Writes xlsx and csv that no program runs as formulae; by xlsxwriter, which measured twice openpyxl's speed."""

import csv
import datetime as dt
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain
from typing import Any

import xlsxwriter
from django.utils import timezone
from xlsxwriter.utility import xl_col_to_name

from union_portal.base.spreadsheets.columns import WORDS_SHEET, Column
from union_portal.base.spreadsheets.parsers import Choice

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Excel reads a cell that starts so as a formula when a csv is opened or a text cell is edited.
FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r")
SAMPLE_MARK = "示例："
PROBLEM_LABEL = "问题"
_LISTED_ROWS = 20_000
_LISTED_WORDS = 255  # characters that Excel takes in a list written into the cell's own rule
_PIECE = 64 * 1024
_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def write_xlsx(*, headings: Sequence[str], rows: Iterable[Sequence[Any]], title: str = "", long: bool = False) -> bytes:
    """Return a workbook with one sheet of plain cells; no text can become a formula.

    A `long` one is written row by row through the disk: a million rows need no more memory than a thousand.
    """
    pen = _Pen(title, long=long)
    for place, heading in enumerate(headings):
        pen.sheet.write_string(0, place, heading, pen.heading)
    for index, row in enumerate(rows, 1):
        for place, value in enumerate(row):
            pen.cell(index, place, value)
    pen.frame(headings)
    return pen.bytes()


def write_csv(*, headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """Return csv as Excel opens it rightly (UTF-8 with BOM); texts that look like formulae get an apostrophe."""
    return b"".join(csv_lines(headings=headings, rows=rows))


def csv_lines(*, headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    """Yield what `write_csv` returns, some lines at a time."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    yield b"\xef\xbb\xbf"
    for row in chain((headings,), rows):
        writer.writerow([_defused(value) for value in row])
        if out.tell() > _PIECE:
            yield out.getvalue().encode()
            out.seek(0)
            out.truncate()
    yield out.getvalue().encode()


def write_template(*, columns: Sequence[Column], title: str, rows: Sequence[Sequence[Any]] = ()) -> bytes:
    """Return a table for these columns to be filled in: notes at the headings, lists to choose from, rows or a sample.

    Lists that no cell can hold stand on a sheet of their own, which reading leaves out.
    """
    pen = _Pen(title)
    long: dict[str, tuple[str, ...]] = {}
    for place, column in enumerate(columns):
        pen.sheet.write_string(0, place, column.label, pen.required if column.required else pen.heading)
        note = "\n".join(part for part in (_duty(column), column.help, _listed(column), _sample(column)) if part)
        pen.sheet.write_comment(0, place, note, {"x_scale": 1.6, "y_scale": 1.2})
        if not rows:
            example = column.example if place else f"{SAMPLE_MARK}{column.example}"
            pen.cell(1, place, example, pen.sample_text if column.parser.as_text else pen.sample)
        pen.sheet.set_column(place, place, max(len(column.label) * 2 + 4, 12), pen.text)
        options = _options(column)
        if options:
            source: Any = list(options)
            if len(",".join(options)) > _LISTED_WORDS:
                letter = xl_col_to_name(len(long), col_abs=True)
                source = f"='{WORDS_SHEET}'!{letter}$2:{letter}${len(options) + 1}"
                long[column.label] = options
            checked = {"validate": "list", "source": source, "error_type": "warning"}
            pen.sheet.data_validation(1, place, _LISTED_ROWS, place, checked)
    for index, row in enumerate(rows, 1):
        for place, value in enumerate(row):
            pen.cell(index, place, value)
    pen.sheet.freeze_panes(1, 0)
    if long:
        pen.turn(WORDS_SHEET)
        for place, (label, options) in enumerate(long.items()):
            pen.sheet.write_column(0, place, [f"可填：{label}", *options], pen.text)
            pen.sheet.set_column(place, place, 40)
        pen.sheet.freeze_panes(1, 0)
    return pen.bytes()


@dataclass(frozen=True, kw_only=True)
class Marked:
    """A user's sheet with what is wrong in it.

    `faults` maps an index in `rows` to {place: reason}; place -1 concerns the whole row. Rows keep their places.
    """

    rows: Sequence[Sequence[Any]]
    heading_index: int
    faults: Mapping[int, Mapping[int, str]]
    title: str = ""


def write_marked(sheets: Sequence[Marked]) -> bytes:
    """Return the user's own rows with the faulty cells coloured and commented, the reasons at the row's end."""
    pen = _Pen(sheets[0].title)
    for place, marked in enumerate(sheets):
        if place:
            pen.turn(marked.title)
        _mark(pen, marked)
    return pen.bytes()


def _mark(pen: "_Pen", sheet: Marked) -> None:
    width = max((len(row) for row in sheet.rows), default=0)
    for index, row in enumerate(sheet.rows):
        marked = sheet.faults.get(index, {})
        for place, value in enumerate(row):
            style = pen.heading if index == sheet.heading_index else pen.faulty if place in marked else None
            pen.cell(index, place, value, style)
        for place, reason in marked.items():
            if 0 <= place < width:
                if place >= len(row) or row[place] in ("", None):
                    pen.sheet.write_blank(index, place, None, pen.faulty)
                pen.sheet.write_comment(index, place, reason)
        if marked:
            pen.cell(index, width, "；".join(marked.values()), pen.faulty)
    pen.sheet.write_string(sheet.heading_index, width, PROBLEM_LABEL, pen.heading)
    pen.sheet.set_column(0, max(width - 1, 0), 14)
    pen.sheet.set_column(width, width, 60)
    pen.sheet.freeze_panes(sheet.heading_index + 1, 0)


class _Pen:
    """A workbook, the sheet it writes on and the house's few cell styles."""

    def __init__(self, title: str, *, long: bool = False) -> None:
        self._out = io.BytesIO()
        self._book = xlsxwriter.Workbook(self._out, {**_OPTIONS, "in_memory": not long, "constant_memory": long})
        self.turn(title or "Sheet1")
        style = self._book.add_format
        self.heading = style({"bold": True, "bg_color": "#EEF1F4", "border": 1, "border_color": "#C9CED6"})
        self.required = style({"bold": True, "bg_color": "#FBE9E7", "border": 1, "border_color": "#C9CED6"})
        self.text = style({"num_format": "@"})
        self.quoted = style({"num_format": "@", "quote_prefix": True})
        self.sample = style({"italic": True, "font_color": "#6B7280"})
        self.sample_text = style({"italic": True, "font_color": "#6B7280", "num_format": "@"})
        self.faulty = style({"bg_color": "#FDD9D7", "num_format": "@"})
        self.day = style({"num_format": "yyyy-mm-dd"})
        self.money = style({"num_format": "#,##0.00"})

    def turn(self, title: str) -> None:
        """Begin a further sheet."""
        name = "".join("_" if character in r"[]:*?/\'" else character for character in title)[:31]
        self.sheet = self._book.add_worksheet(name)

    def cell(self, row: int, place: int, value: Any, style: Any = None) -> None:
        """Write one value with its own type; long digits and formula-like texts stay text."""
        if value is None or value == "":
            return
        if isinstance(value, bool):
            self.sheet.write_boolean(row, place, value, style)
        elif isinstance(value, int | float | Decimal) and -(10**15) < float(value) < 10**15:
            self.sheet.write_number(
                row, place, float(value), style or (self.money if isinstance(value, Decimal) else None)
            )
        elif isinstance(value, dt.datetime):
            value = timezone.localtime(value) if timezone.is_aware(value) else value
            text = value.date().isoformat() if not value.time() else f"{value:%Y-%m-%d %H:%M:%S}"
            self.sheet.write_string(row, place, text, style or self.text)
        elif isinstance(value, dt.date):
            if value.year < 1900 or style is not None:
                self.sheet.write_string(row, place, value.isoformat(), style or self.text)
            else:
                self.sheet.write_datetime(row, place, dt.datetime.combine(value, dt.time()), self.day)
        else:
            text = str(value)[:32767]
            plain = self.quoted if text.startswith(FORMULA_STARTS) else self.text if _digits(text) else None
            self.sheet.write_string(row, place, text, style or plain)

    def frame(self, headings: Sequence[str]) -> None:
        """Freeze the headings and give the columns a readable width."""
        self.sheet.freeze_panes(1, 0)
        for place, heading in enumerate(headings):
            self.sheet.set_column(place, place, max(len(heading) * 2 + 2, 12))

    def bytes(self) -> bytes:
        """Close the workbook and return it."""
        self._book.close()
        return self._out.getvalue()


def _digits(text: str) -> bool:
    return len(text) > 4 and text[0].isdigit()


def _defused(value: Any) -> Any:
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return f"'{value}"
    return "" if value is None else value


def _options(column: Column) -> tuple[str, ...]:
    if isinstance(column.parser, Choice):
        column.parser.words()
    return column.parser.options


def _duty(column: Column) -> str:
    return "必填" if column.required else "选填"


def _listed(column: Column) -> str:
    options = _options(column)
    return f"可填：{'、'.join(options[:30])}" if options else ""


def _sample(column: Column) -> str:
    return f"例：{column.example}" if column.example else ""
