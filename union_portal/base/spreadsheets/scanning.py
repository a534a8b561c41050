"""Looks through a sheet's XML before it is opened: how far it reaches, and the cells whose value is not all there.

The library that reads the values says "" where it has none, and makes room for the whole rectangle that the outermost
cells span. What Excel itself would call damaged (cells out of order, references that are none) is refused here.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

from union_portal.base.spreadsheets.errors import SpreadsheetError, Unreadable
from union_portal.base.spreadsheets.raw import Limits, Unread

_FORMULA = "公式没有保存计算结果，请用 Excel 或 WPS 打开并保存后再上传，或直接填写内容"
_ERROR = "单元格里是错误值 {shown}，请改正公式或直接填写内容"
_LOST = "单元格的内容已损坏，请重新填写"
_INFINITE = "不是有限的数字，请重新填写"
_LETTERS = re.compile(r"[A-Z]{1,3}")
_RANGE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})")
_NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]*)?(?:[eE][+-]?[0-9]+)?")
_KINDS = frozenset({"n", "s", "str", "inlineStr", "b", "e", "d"})
_MOST_MERGES = 200_000
# A row as Excel, WPS and the libraries write it, of cells about which there is nothing to say: looked through as a
# whole, in a tenth of the time that its elements take one by one.
_PLAIN_ROW = re.compile(
    rb'<row r="(\d{1,6}+)"([^<>]*+)>((?:<c r="[A-Z]{1,3}+\1"(?: s="\d++")?+(?:/>| t="s"><v>\d{1,9}+</v></c>'
    rb'|(?: t="n")?+><v>-?+\d{1,99}+(?:\.\d++)?+(?:[Ee]-?+\d\d?+)?+</v></c>'
    rb'| t="inlineStr"><is><t(?: xml:space="preserve")?+>[^<]*+</t></is></c>| t="str"><v>[^<]*+</v></c>))++)</row>'
)
_PLACES = re.compile(rb'<c r="([A-Z]++)[^>]*+(?<!/)>')
_TEXTS = re.compile(rb' t="s"><v>(\d++)</v>')
_ROW_END = b"</row>"
_LONGEST_ROW = 4 * 1024 * 1024


@dataclass(slots=True)
class Scan:
    """What was seen of a sheet; rows and columns are counted from 1."""

    unread: dict[tuple[int, int], Unread] = field(default_factory=dict)
    hidden: set[int] = field(default_factory=set)
    # Column, first and last row of every merged range over more than one row.
    merged: list[tuple[int, int, int]] = field(default_factory=list)
    rows: tuple[int, int] = (0, 0)
    columns: tuple[int, int] = (0, 0)


def column_number(letters: str) -> int:
    """Return a column's number: A is 1, XFD is 16384."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def new_parser() -> Any:
    """Return an XML parser that gives names as "namespace name" and refuses what programs read differently.

    Document types may hold entities of a file's own; the library that reads the values leaves out CDATA sections.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartDoctypeDeclHandler = _refuse
    parser.StartCdataSectionHandler = _refuse
    parser.buffer_text = True
    return parser


def _refuse(*_declared: Any) -> None:
    raise Unreadable


class SheetScanner:
    """Fed a sheet's XML piece by piece; `finish` returns what was seen."""

    def __init__(self, name: str, *, texts: int, limits: Limits) -> None:
        self._name = name
        self._texts = texts
        self._limits = limits
        self._scan = Scan()
        self._numbers: dict[bytes, int] = {}
        self._row = self._column = 0
        self._row_text = "0"
        self._kind: str | None = None
        self._inside = self._formula = self._valued = self._inline = False
        self._text: list[str] | None = None
        self._shown: list[str] | None = None
        self._box = [0, 0, 0, 0]
        self._rest = b""
        parser = self._parser = new_parser()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        self._starts: dict[str, Callable[[dict[str, str]], None]] = {
            "c": self._cell,
            "v": self._value,
            "row": self._new_row,
            "f": self._formula_of,
            "is": self._inline_text,
            "mergeCell": self._merge,
        }

    def feed(self, piece: bytes) -> None:
        """Look through the next piece."""
        data = self._rest + piece
        end = data.rfind(_ROW_END) + len(_ROW_END)
        if end < len(_ROW_END):
            end = len(data) if len(data) > _LONGEST_ROW else 0
        self._rest = data[end:]
        self._parser.Parse(_PLAIN_ROW.sub(self._plain, data[:end]), False)

    def finish(self) -> Scan:
        """Return what was seen of the whole sheet."""
        self._parser.Parse(self._rest, True)
        first, last, left, right = self._box
        self._scan.rows, self._scan.columns = (first, last), (left, right)
        if (last - first + 1) * (right - left + 1) > self._limits.cells:
            raise SpreadsheetError(
                f"工作表“{self._name}”的内容铺得太开（{last - first + 1:,} 行 × {right - left + 1} 列），"
                f"一张表最多 {self._limits.cells // 10_000} 万格，请删去不需要的部分或拆分后上传。"
            )
        return self._scan

    def _plain(self, match: re.Match[bytes]) -> bytes:
        """Take stock of a plain row; leave only the row itself to be parsed, or all of it where it is odd after all."""
        columns = [self._numbers.get(letters) or self._number(letters) for letters in _PLACES.findall(match[3])]
        row = int(match[1])
        fits = columns == sorted(set(columns)) and row <= self._limits.rows
        if not fits or any(int(text) >= self._texts for text in _TEXTS.findall(match[3])):
            return match[0]
        if columns:
            if columns[-1] > self._limits.columns:
                return match[0]
            self._reach(row, columns[0], columns[-1])
        return b'<row r="%b"%b/>' % (match[1], match[2])

    def _number(self, letters: bytes) -> int:
        number = self._numbers[letters] = column_number(letters.decode())
        return number

    def _reach(self, row: int, left: int, right: int) -> None:
        box = self._box
        box[0] = min(box[0] or row, row)
        box[1] = max(box[1], row)
        box[2] = min(box[2] or left, left)
        box[3] = max(box[3], right)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        start = self._starts.get(name.rpartition(" ")[2])
        if start is not None:
            start(attributes)

    def _end(self, name: str) -> None:
        if name.endswith(" c"):
            self._settle()
        elif name.endswith(" v"):
            self._text = None

    def _characters(self, text: str) -> None:
        if self._text is not None:
            self._text.append(text)

    def _new_row(self, attributes: dict[str, str]) -> None:
        told = attributes.get("r")
        number = self._row + 1 if told is None else int(told) if told.isdecimal() and len(told) < 9 else 0
        if number <= self._row:
            raise Unreadable
        self._row, self._row_text, self._column = number, str(number), 0
        if attributes.get("hidden") in ("1", "true"):
            self._scan.hidden.add(number)

    def _cell(self, attributes: dict[str, str]) -> None:
        place = attributes.get("r")
        if place is None:
            column = self._column + 1
        else:
            letters = place.removesuffix(self._row_text)
            if not _LETTERS.fullmatch(letters):
                raise Unreadable
            column = column_number(letters)
        if column <= self._column or not self._row or self._inside:
            raise Unreadable
        self._column = column
        self._kind = attributes.get("t")
        self._inside, self._formula, self._valued, self._inline, self._shown = True, False, False, False, None

    def _formula_of(self, _attributes: dict[str, str]) -> None:
        self._formula = self._inside

    def _inline_text(self, _attributes: dict[str, str]) -> None:
        self._inline = self._inside

    def _value(self, _attributes: dict[str, str]) -> None:
        if not self._inside:
            return
        if self._valued:
            raise Unreadable
        self._valued = True
        self._text = self._shown = []

    def _merge(self, attributes: dict[str, str]) -> None:
        match = _RANGE.fullmatch(attributes.get("ref", ""))
        if match and match[2] != match[4] and len(self._scan.merged) < _MOST_MERGES:
            self._scan.merged.append((column_number(match[1]), int(match[2]), int(match[4])))

    def _settle(self) -> None:
        """Take stock of a cell that ends."""
        self._inside = False
        text = "".join(self._shown) if self._shown else ""
        fault = self._fault(text)
        if fault is not None:
            self._scan.unread[self._row, self._column] = fault
        elif not text and not self._inline:
            return
        row, column = self._row, self._column
        if row > self._limits.rows or column > self._limits.columns:
            raise SpreadsheetError(
                f"工作表“{self._name}”在第 {row} 行第 {column} 列还有内容，超过了 {self._limits.rows:,} 行、"
                f"{self._limits.columns} 列，请删去不需要的部分后再上传。",
            )
        self._reach(row, column, column)

    def _fault(self, text: str) -> Unread | None:
        """Say why the cell's value is not all there, or None."""
        kind = self._kind
        fault: Unread | None = None
        if kind is None or kind == "n":
            if text and not (len(text) < 300 and text.isascii() and text.isdigit()):
                fault = _number_fault(text)
            elif self._formula and not text:
                fault = Unread("", _FORMULA)
        elif kind not in _KINDS:
            fault = Unread(text, _LOST)
        elif kind == "e":
            fault = Unread(text, _ERROR.format(shown=text or "#N/A"))
        elif kind == "s":
            if text and not (text.isascii() and text.isdigit() and len(text) < 10 and int(text) < self._texts):
                fault = Unread("", _LOST)
        elif kind == "b":
            fault = None if text in ("", "0", "1") else Unread(text, _LOST)
        if fault is None and self._formula and not text and not (kind == "str" and self._valued):
            fault = Unread("", _FORMULA)
        return fault


def _number_fault(text: str) -> Unread | None:
    if text.strip().lstrip("+-").casefold() in {"nan", "inf", "infinity"}:
        return Unread(text, _INFINITE)
    if not _NUMBER.fullmatch(text):
        return Unread(text, _LOST)
    return None if abs(float(text)) < 1e300 else Unread(text, _INFINITE)
