"""What a sheet's cells hold before any parser has seen them."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Unread:
    """A cell that holds something which could not be read in full; never the same as an empty one."""

    shown: str
    reason: str

    def __str__(self) -> str:
        return self.shown


Raw = str | int | float | bool | dt.date | dt.datetime | dt.time | dt.timedelta | Unread | None


@dataclass(frozen=True, kw_only=True)
class Limits:
    """How large an upload may be: bytes on disk and unpacked, rows and columns of a sheet, cells of its rectangle.

    `memory` and `seconds` are what reading it may cost.
    """

    size: int = 20 * 1024 * 1024
    unpacked: int = 300 * 1024 * 1024
    rows: int = 200_000
    columns: int = 300
    cells: int = 3_000_000
    memory: int = 600 * 1024 * 1024
    seconds: int = 20


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A sheet's cells; `rows[0]` is the sheet's row `first_row` (counted from 1). `hidden` are row numbers."""

    name: str
    rows: list[list[Raw]]
    first_row: int = 1
    hidden: frozenset[int] = frozenset()

    def row_number(self, index: int) -> int:
        """Return the number the spreadsheet program shows beside the row."""
        return self.first_row + index
