"""The uploaded list that a round's roster or a plan's covers are taken from: staff number and name, nothing else."""

from typing import IO

from union_portal.base.errors import DomainError
from union_portal.base.importing.parsing import read_rows
from union_portal.base.spreadsheets.headers import find_headings
from union_portal.base.spreadsheets.reading import read_book
from welfare.resources.columns import ROSTER


def read_people(*, file: IO[bytes]) -> list[tuple[str, str]]:
    """Return (staff number, name) of every row of an xlsx or csv list.

    Raises SpreadsheetError when it is no such table, DomainError for the first faulty cell.
    """
    book = read_book(file)
    headings = find_headings(book, ROSTER)
    rows, _skipped = read_rows(headings=headings, columns=ROSTER, parsers={}, checks={})
    for row in rows:
        if row.faults:
            key, reason = row.faults[0]
            label = next((column.label for column in ROSTER if column.key == key), "")
            raise DomainError(f"第 {row.number} 行「{label}」：{reason}", field="file")
    return [(str(row.values["staff_number"]), str(row.values["name"])) for row in rows]
