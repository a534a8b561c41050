"""Files around an import: the empty template and the user's own file with its faults marked."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import IO, Any

from union_portal.base.errors import Refused
from union_portal.base.importing.kinds import ImportKind
from union_portal.base.importing.preview import CellFault
from union_portal.base.spreadsheets.headers import Headings, find_headings
from union_portal.base.spreadsheets.reading import read_book
from union_portal.base.spreadsheets.writing import Marked, write_marked, write_template

MARKED_ROWS = 50_000


def template(kind: ImportKind, *, rows: Sequence[Sequence[Any]] = ()) -> bytes:
    """Return the kind's table as xlsx: empty, or with rows that are to be completed."""
    return write_template(columns=kind.columns, title=str(kind.label), rows=rows)


def marked_up(kind: ImportKind, file: IO[bytes], found: Iterable[CellFault]) -> bytes:
    """Return the user's rows as xlsx, faulty cells coloured and commented, reasons in a last column 问题.

    Raises `Refused` for a file so large that writing it anew would hold everybody up.
    """
    headings = find_headings(read_book(file), kind.columns)
    faults: dict[str, list[CellFault]] = defaultdict(list)
    for fault in found:
        if fault.row:
            faults[fault.sheet].append(fault)
    parts = [(part, faults[part.sheet.name if headings.further else ""]) for part in headings.parts]
    if sum(len(part.sheet.rows) for part, _faults in parts) > MARKED_ROWS:
        raise Refused(f"文件超过 {MARKED_ROWS:,} 行，不能生成标注文件，请按问题清单中的行号在原文件中改正。")
    return write_marked([_marked(part, told) for part, told in parts])


def _marked(part: Headings, told: Iterable[CellFault]) -> Marked:
    faults: dict[int, dict[int, str]] = defaultdict(dict)
    for fault in told:
        cells = faults[fault.row - part.sheet.first_row]
        place = part.places.get(fault.column, -1)
        reason = f"{fault.label}：{fault.reason}" if fault.label else fault.reason
        cells[place] = f"{cells[place]}；{reason}" if place in cells else reason
    return Marked(rows=part.sheet.rows, heading_index=part.index, faults=faults, title=part.sheet.name)
