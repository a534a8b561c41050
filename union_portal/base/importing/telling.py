"""How rows, cells and refusals are told to people, and hashed for the confirmation."""

import datetime as dt
import gc
import hmac
import math
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, ClassVar

from union_portal.base.importing.preview import CellChange, CellFault, Status
from union_portal.base.importing.rows import Row
from union_portal.base.spreadsheets.columns import Column, mask
from union_portal.base.spreadsheets.parsers import Parser
from union_portal.base.spreadsheets.raw import Raw
from union_portal.base.spreadsheets.text import plain_number


class Telling:
    """The part of a Resource that puts its rows into words."""

    # Columns that say which record a row is; a file may name each record once.
    key_columns: ClassVar[tuple[str, ...]] = ()
    # Columns that name the row for people; empty: the key columns.
    label_columns: ClassVar[tuple[str, ...]] = ()

    columns: dict[str, Column]
    parsers: dict[str, Parser]
    progress: Callable[[float, str], None]
    _showers: dict[str, tuple[Callable[[Any], str], bool]]

    def tell(self, verb: str, place: int, count: int, *, part: tuple[float, float]) -> None:
        """Say at every thousandth of the rows, and at every tenth row at most, which row is being worked on."""
        if place % max(count // 1000, 10) == 0:
            begin, end = part
            self.progress(
                begin + (end - begin) * place / max(count, 1), f"正在{verb}第 {place + 1} 行，共 {count:,} 行"
            )

    def row_label(self, row: Row) -> str:
        """Name the row for people."""
        values = [(key, row.get(key)) for key in self.label_columns or self.key_columns]
        return " ".join([self.shown(key, value) for key, value in values if value is not None])

    def changes(self, row: Row) -> list[CellChange]:
        """Return what the row's cells change, old → new."""
        current = row.current or {}
        return [
            CellChange(
                column=key,
                label=self.columns[key].label,
                old=self.shown(key, current.get(key)),
                new=self.shown(key, row.values[key]),
            )
            for key in row.changed_keys()
        ]

    def _cell_fault(self, row: Row, key: str, reason: str) -> CellFault:
        column = self.columns.get(key)
        place = row.places.get(key, len(row.raw))
        raw: Raw = row.raw[place] if place < len(row.raw) else ""
        text = _as_typed(raw)
        return CellFault(
            row=row.number,
            sheet=row.sheet,
            column=key,
            label=column.label if column else "",
            value=mask(text) if column and column.sensitive else text,
            reason=reason,
        )

    def shown(self, key: str, value: Any) -> str:
        """Return a value as previews show it: in Chinese words, identity and bank numbers masked."""
        shower = self._showers.get(key)
        if shower is None:
            column = self.columns[key]
            shower = self._showers[key] = (self.parsers.get(key, column.parser).show, column.sensitive)
        show, sensitive = shower
        return mask(show(value)) if sensitive else show(value)


def _as_typed(raw: Raw) -> str:
    """Return a cell as its sheet shows it: 20269005, not 20269005.0; a day without a time."""
    if isinstance(raw, float) and math.isfinite(raw):
        return plain_number(raw)
    if isinstance(raw, dt.datetime) and not raw.time():
        return raw.date().isoformat()
    return "" if raw is None else str(raw)


def fingerprint_of(key: bytes, row: Row, status: Status, new: Mapping[str, Callable[[Any], str]]) -> str:
    """Return what was seen of a row as a keyed hash: old values may be guessable numbers.

    `new` says how the values of columns are told whose rows come with the file: their keys are others at every look.
    """
    if status is not Status.CHANGED or row.current is None:
        return status[0]
    told = {name: new[name](row.values[name]) if name in new else row.values[name] for name in row.changed_keys()}
    seen = repr([(name, row.current.get(name), value) for name, value in told.items()])
    return status[0] + hmac.digest(key, seen.encode(), "sha256").hex()[:16]


def in_order(name: str) -> tuple[str, int]:
    """Return by what the names of rows are sorted: their sheet, then their number."""
    sheet, _mark, number = name.rpartition("!")
    return sheet, int(number)


@contextmanager
def no_collecting() -> Iterator[None]:
    """Keep Python's cycle collector from walking a million young objects again and again: a third of the time."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()
