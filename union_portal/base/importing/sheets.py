"""Files around an import: the empty template and the user's own file with its faults marked."""

from collections import defaultdict
from collections.abc import Iterable
from typing import IO

from union_portal.base.importing.kinds import ImportKind
from union_portal.base.importing.preview import CellFault
from union_portal.base.spreadsheets.headers import find_headings
from union_portal.base.spreadsheets.reading import read_book
from union_portal.base.spreadsheets.writing import write_marked, write_template


def template(kind: ImportKind) -> bytes:
    """Return the kind's empty table as xlsx."""
    return write_template(columns=kind.columns, title=str(kind.label))


def marked_up(kind: ImportKind, file: IO[bytes], found: Iterable[CellFault]) -> bytes:
    """Return the user's rows as xlsx, faulty cells coloured and commented, reasons in a last column 问题."""
    headings = find_headings(read_book(file), kind.columns)
    faults: dict[int, dict[int, str]] = defaultdict(dict)
    for fault in found:
        if not fault.row:
            continue
        cells = faults[fault.row - headings.sheet.first_row]
        place = headings.places.get(fault.column, -1)
        reason = f"{fault.label}：{fault.reason}" if fault.label else fault.reason
        cells[place] = f"{cells[place]}；{reason}" if place in cells else reason
    return write_marked(
        rows=headings.sheet.rows, heading_index=headings.index, faults=faults, title=headings.sheet.name
    )
