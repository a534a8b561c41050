"""From a sheet's cells to rows of values, each fault with its reason."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from union_portal.base.importing.preview import CellFault
from union_portal.base.importing.rows import Row
from union_portal.base.spreadsheets.columns import Column
from union_portal.base.spreadsheets.errors import CellError, UnknownWord
from union_portal.base.spreadsheets.headers import Headings
from union_portal.base.spreadsheets.parsers import TOTALS, Choice, Parser
from union_portal.base.spreadsheets.raw import Raw, Unread
from union_portal.base.spreadsheets.several import Several
from union_portal.base.spreadsheets.text import clean_code, clean_text
from union_portal.base.spreadsheets.writing import SAMPLE_MARK

CLEAR_WORD = "清空"
_FOOTERS = (*TOTALS, "制表", "填表", "审核", "备注", "说明", "注:", "注：", SAMPLE_MARK, "示例:")
_FOOTER_STARTS = frozenset(word[0] for word in _FOOTERS)
# How a spreadsheet writes what it could not work out, or could not fit into the column, when it saves text.
_FIGURE = re.compile(r"[\d,.%/-]+[元人]?|")
_ERRORS = re.compile(r"#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NULL!|NUM!|SPILL!|CALC!|GETTING_DATA|FIELD!|BLOCKED!|#{2,})")
_KEEP = object()
Check = Callable[[Any], None]
# By column and word, as compared, what the school says the word means: a word that the column knows.
Words = Mapping[str, Mapping[str, str]]


class _Cell:
    """Converts the cells of one column, remembering texts it has already read."""

    def __init__(
        self, column: Column, place: int, parser: Parser, check: Check | None, words: Mapping[str, str]
    ) -> None:
        if isinstance(parser, Choice):
            parser.words()
        self.column = column
        self.place = place
        self._parser = parser
        # What the school has said that words of this column mean, and which of them the file holds.
        self._words = words
        self.mapped: dict[str, str] = {}
        self._nothing = parser.nothing
        self._check = check
        # Texts read before, with what became of them.
        self.known: dict[str, Any] = {"": _CLEAR if column.blank_clears else _KEEP}

    def value(self, raw: Raw) -> Any:
        """Return the value, `_KEEP` for an empty cell or the `CellError` that refuses it."""
        if isinstance(raw, str):
            value = self.known[raw] = self._converted(raw)
            return value
        if isinstance(raw, Unread):
            return CellError(raw.reason)
        return _KEEP if raw is None else self._converted(raw)

    def _converted(self, raw: Raw) -> Any:
        try:
            if isinstance(raw, str):
                text = clean_text(raw)
                if text[:1] == "#" and _ERRORS.fullmatch(text):
                    raise CellError(f"单元格里是错误值 {text}，请改正公式或直接填写内容")  # noqa: TRY301
                if text == CLEAR_WORD and CLEAR_WORD not in self._nothing:
                    return _CLEAR
                if not text or text in self._nothing:
                    return _CLEAR if self.column.blank_clears else _KEEP
                raw = raw if self._parser.has_lines else text
            value = self._parsed(raw)
            if self._check is not None:
                self._check(value)
        except CellError as error:
            return error
        return _KEEP if value == "" else value

    def _parsed(self, raw: Raw) -> Any:
        several = self._parser
        if isinstance(several, Several):
            return several.read(raw, lambda word: self._understood(word, several.of))
        return self._understood(raw, several)

    def _understood(self, raw: Raw, parser: Parser) -> Any:
        """Return what the parser makes of a word, or of the word that it is said to mean."""
        try:
            return parser.parse(raw)
        except UnknownWord as unknown:
            (word,) = unknown.words
            meant = self._words.get(bare(word))
            if meant is None:
                raise
            try:
                value = parser.parse(meant)
            except CellError:
                raise unknown from None
            self.mapped[bare(word)] = word
            return value


def bare(word: str) -> str:
    """Return a word as it is compared."""
    return clean_code(word).casefold()


class _Clear:
    """Marks a cell that empties what the register holds."""


_CLEAR = _Clear()


def read_rows(
    *,
    headings: Headings,
    columns: Sequence[Column],
    parsers: Mapping[str, Parser],
    checks: Mapping[str, Check],
    words: Words | None = None,
) -> tuple[list[Row], list[int]]:
    """Read every row below the headings; return them and the numbers of sample and footer rows passed over.

    `parsers` replaces a column's own parser for this run; `checks` look at parsed values; `words` are told meanings.
    """
    rows: list[Row] = []
    skipped: list[int] = []
    for part in headings.parts:
        _read_sheet(
            part,
            columns,
            parsers,
            checks,
            words or {},
            rows=rows,
            skipped=skipped,
            name=part.sheet.name if headings.further else "",
        )
    return rows, skipped


def _read_sheet(
    headings: Headings,
    columns: Sequence[Column],
    parsers: Mapping[str, Parser],
    checks: Mapping[str, Check],
    words: Words,
    *,
    rows: list[Row],
    skipped: list[int],
    name: str,
) -> None:
    cells = [
        _Cell(
            column,
            headings.places[column.key],
            parsers.get(column.key, column.parser),
            checks.get(column.key),
            words.get(column.key, {}),
        )
        for column in columns
        if column.key in headings.places
    ]
    sheet = headings.sheet
    heads = [(column.key, headings.places[column.key]) for column in columns if column.required]
    for index in range(headings.index + 1, len(sheet.rows)):
        raw = sheet.rows[index]
        row = _read_row(Row(sheet.row_number(index), raw, sheet=name, places=headings.places), cells)
        if row is None:
            continue
        repeated = [key for key, place in heads if place < len(raw) and raw[place] == headings.words[key]]
        if _is_footer(raw) or (repeated and _repeats(raw, headings)):
            skipped.append(row.number)
        else:
            for key in repeated:
                row.fault(key, "这里是表头的文字，请填写内容")
            rows.append(row)


def _read_row(row: Row, cells: list[_Cell]) -> Row | None:
    """Fill a row; None where it holds nothing."""
    raw, values = row.raw, row.values
    empty: list[Column] = []
    width = len(raw)
    filled = False
    for cell in cells:
        content = raw[cell.place] if cell.place < width else None
        value = cell.known.get(content) if isinstance(content, str) else None
        if value is None:
            value = cell.value(content)
        column = cell.column
        if value is _KEEP:
            if column.required:
                empty.append(column)
            continue
        filled = True
        if value is _CLEAR:
            if column.required:
                empty.append(column)
            else:
                values[column.key] = None
        else:
            _fill(row, cell, content, value)
    if not filled:
        return None
    for column in empty:
        row.fault(column.key, "不能为空")
    return row


def _fill(row: Row, cell: _Cell, content: Raw, value: Any) -> None:
    """Put into the row what a filled cell was read as."""
    key = cell.column.key
    if isinstance(value, CellError):
        row.faults.append((key, str(value)))
        if isinstance(value, UnknownWord):
            row.unknown[key] = value.words
        return
    row.values[key] = value
    if cell.mapped and (said := cell.mapped.get(bare(str(content)))):
        row.mapped[key] = said


def _repeats(raw: list[Raw], headings: Headings) -> bool:
    """Tell whether a row is the heading once more, as on every printed page or below a merged one."""
    cells = {key: raw[place] for key, place in headings.places.items() if place < len(raw)}
    return all(cell in ("", None, headings.words[key]) for key, cell in cells.items())


def _is_footer(raw: list[Raw]) -> bool:
    """Tell the template's sample row and lines such as 合计 and 制表人 from records."""
    first = next((cell for cell in raw if cell not in ("", None)), None)
    if not isinstance(first, str) or first.lstrip()[:1] not in _FOOTER_STARTS:
        return False
    text = clean_code(first)
    others = [cell for cell in raw if cell not in ("", None)][1:]
    if text.startswith((SAMPLE_MARK, "示例:")) or (len(others) < 2 and text.startswith(_FOOTERS)):
        return True
    return text.strip(":") in TOTALS and all(_is_figure(cell) for cell in others)


def _is_figure(cell: Raw) -> bool:
    return isinstance(cell, int | float) or (isinstance(cell, str) and _FIGURE.fullmatch(clean_code(cell)) is not None)


def notes_on(headings: Headings, rows: Sequence[Row]) -> list[CellFault]:
    """Say how a file was read, where people may think otherwise: which sheets, and rows that they do not see."""
    said = []
    if headings.further:
        names = "、".join(f"“{part.sheet.name}”" for part in headings.parts)
        said.append(f"工作表{names}的表头相同，都已读入。")
    if headings.unread:
        names = "、".join(f"“{name}”" for name in headings.unread)
        said.append(f"没有读取的工作表：{names}。其中的内容不会导入；如需导入，请使用与第一张表相同的表头。")
    hidden = {
        (part.sheet.name if headings.further else "", number) for part in headings.parts for number in part.sheet.hidden
    }
    unseen = [row.name for row in rows if (row.sheet, row.number) in hidden] if hidden else []
    if unseen:
        shown = "、".join(unseen[:10]) + ("…" if len(unseen) > 10 else "")
        said.append(f"有 {len(unseen):,} 行在文件中被隐藏（例如被筛选），也一并读入：第 {shown} 行。")
    return [note(words) for words in said]


def note(words: str) -> CellFault:
    """Return what is said of the file as a whole."""
    return CellFault(row=0, column="", label="", value="", reason=words)
