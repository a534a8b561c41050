"""Finds the heading row and says which column of the sheet is which."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from union_portal.base.spreadsheets.columns import WORDS_SHEET, Column
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
    """Where the table lies: the sheet, its heading row and each found column's place.

    `further` are the other sheets that hold the same table, `unread` the names of those that hold something else.
    """

    sheet: Sheet
    index: int
    places: dict[str, int]
    ignored: list[str]
    # What stands over each found column, as written.
    words: dict[str, Raw] = field(default_factory=dict)
    further: "list[Headings]" = field(default_factory=list)
    unread: list[str] = field(default_factory=list)

    @property
    def parts(self) -> "list[Headings]":
        """The sheets that are read."""
        return [self, *self.further]


def heading_key(text: str) -> str:
    """Return what of a heading counts: no spaces, stars, punctuation or case; brackets keep their words."""
    return _MARKS.sub("", re.sub(r"[()\[\]【】〔〕{}<>《》「」]", "", clean_code(text))).casefold()


def find_headings(book: Book, columns: Sequence[Column]) -> Headings:
    """Find the row that names the most known columns; refuse unknown tables, doubled and missing columns.

    The other sheets under the same headings are read with it.
    """
    known = {heading_key(word): column.key for column in columns for word in (column.label, *column.synonyms)}
    sheets = [sheet for sheet in book.sheets if sheet.name != WORDS_SHEET]
    found = [(count, sheet, index) for sheet in sheets for count, index in [_best_row(sheet, known)] if count]
    required = [column for column in columns if column.required]
    if not found:
        raise SpreadsheetError(
            "前 {rows} 行中没有找到表头；至少需要这些列：{columns}。".format(
                rows=_SEARCHED_ROWS, columns="、".join(column.label for column in required or columns)
            ),
        )
    _count, chosen, index = max(found, key=lambda one: one[0])
    headings = _headings(chosen, index, known, columns)
    for sheet in sheets:
        if sheet is not chosen:
            same = _same(headings, next((one for one in found if one[1] is sheet), None), known, columns)
            if same is None:
                headings.unread.append(sheet.name)
            else:
                headings.further.append(same)
    return headings


def _best_row(sheet: Sheet, known: dict[str, str]) -> tuple[int, int]:
    """Return how many columns the sheet's best row names, and its place."""
    best = (0, 0)
    for index in range(min(len(sheet.rows), _SEARCHED_ROWS)):
        count = len({key for cell in _heading_row(sheet, index, known) if (key := _known(cell, known)) is not None})
        if count > best[0]:
            best = (count, index)
    return best


def _heading_row(sheet: Sheet, index: int, known: dict[str, str]) -> list[Raw]:
    """Return a row's cells; below headings of two rows, those of the row above stand where it has none."""
    row = sheet.rows[index]
    if not index or not any(_known(cell, known) for cell in row):
        return row
    above = sheet.rows[index - 1]
    wide = [*row, *[""] * (len(above) - len(row))]
    return [
        above[place] if cell in ("", None) and place < len(above) and _known(above[place], known) else cell
        for place, cell in enumerate(wide)
    ]


def _headings(sheet: Sheet, index: int, known: dict[str, str], columns: Sequence[Column]) -> Headings:
    row = _heading_row(sheet, index, known)
    places, ignored = _placed(row, known, columns)
    missing = [column.label for column in columns if column.required and column.key not in places]
    if missing:
        raise SpreadsheetError(
            "第 {row} 行的表头中缺少这些列：{columns}。".format(
                row=sheet.row_number(index), columns="、".join(missing)
            ),
        )
    words = {key: row[place] for key, place in places.items()}
    return Headings(sheet=sheet, index=index, places=places, ignored=ignored, words=words)


def _same(
    headings: Headings, found: tuple[int, Sheet, int] | None, known: dict[str, str], columns: Sequence[Column]
) -> Headings | None:
    """Return where the same table lies on another sheet; None where it holds something else."""
    if found is None:
        return None
    try:
        other = _headings(found[1], found[2], known, columns)
    except SpreadsheetError:
        return None
    return other if other.places.keys() == headings.places.keys() else None


def _known(cell: Raw, known: dict[str, str]) -> str | None:
    if not isinstance(cell, str) or not cell:
        return None
    key = known.get(heading_key(cell))
    return key if key is not None else known.get(heading_key(_without_hints(cell)))


def _without_hints(text: str) -> str:
    return _BRACKETS.sub(lambda match: "" if _HINT.search(match[1]) else match[0], clean_code(text))


def _placed(row: list[Raw], known: dict[str, str], columns: Sequence[Column]) -> tuple[dict[str, int], list[str]]:
    """Return each column's place and the headings that are not used.

    Where two headings mean one column, the one that is its own name counts; two other words for it are refused.
    """
    names = {column.key: column for column in columns}
    found: dict[str, list[int]] = {}
    unused: list[int] = []
    for place, cell in enumerate(row):
        key = _known(cell, known)
        if key is not None:
            found.setdefault(key, []).append(place)
        elif isinstance(cell, str) and cell.strip():
            unused.append(place)
    places: dict[str, int] = {}
    for key, standing in found.items():
        label = names[key].label
        named = [place for place in standing if _is_named(row[place], label)] if len(standing) > 1 else standing
        if len(named) != 1:
            first, second = (named or standing)[:2]
            raise SpreadsheetError(
                f"“{label}”一列出现了两次（“{_flat(row[first])}”和“{_flat(row[second])}”），请只保留一列。",
            )
        places[key] = named[0]
        unused += [place for place in standing if place != named[0]]
    return places, [" ".join(str(row[place]).split()) for place in sorted(unused)]


def _is_named(cell: Raw, label: str) -> bool:
    return heading_key(_without_hints(str(cell))) == heading_key(_without_hints(label))


def _flat(cell: Raw) -> str:
    return "".join(str(cell).split())
