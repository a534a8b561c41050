"""What opens a spreadsheet, in a process apart: plain cells come back, and nothing of the library's."""

import resource
from collections.abc import Iterator
from itertools import islice

from union_portal.base.spreadsheets.raw import Limits
from union_portal.base.spreadsheets.texts import read_csv
from union_portal.base.spreadsheets.workbooks import open_workbook

_ROWS_AT_ONCE = 1_000
_ZIP = b"PK\x03\x04"


def opened(data: bytes, limits: Limits) -> Iterator[object]:
    """Yield a sheet's name, first row and hidden rows, its rows in blocks, then the next sheet; at last the memory."""
    if data.startswith(_ZIP):
        for name, first, hidden, rows in open_workbook(data, limits):
            yield name, first, hidden
            while block := list(islice(rows, _ROWS_AT_ONCE)):
                yield block
    else:
        read = read_csv(data, limits)
        yield "csv", 1, frozenset[int]()
        for place in range(0, len(read), _ROWS_AT_ONCE):
            yield read[place : place + _ROWS_AT_ONCE]
    yield resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
