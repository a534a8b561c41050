"""A row on its way through the engine."""

from collections.abc import Mapping
from typing import Any

from union_portal.base.importing.preview import Status
from union_portal.base.spreadsheets.raw import Raw


class Row:
    """One row: `values` holds the filled cells by column key; what is absent stays as the register has it."""

    __slots__ = (
        *("_changed", "current", "faults", "mapped", "number", "pk", "places", "raw", "sheet", "unknown", "values"),
        "warnings",
    )

    def __init__(
        self, number: int, raw: list[Raw], *, sheet: str = "", places: Mapping[str, int] | None = None
    ) -> None:
        self.number = number
        self.raw = raw
        # The sheet's name, where the file holds the table on several; and where its columns stand.
        self.sheet = sheet
        self.places = places or {}
        self.values: dict[str, Any] = {}
        # What the register holds for this row by column key; None while the row is new.
        self.current: dict[str, Any] | None = None
        self.pk: Any = None
        self.faults: list[tuple[str, str]] = []
        self.warnings: list[tuple[str, str]] = []
        # By column: words that nobody has explained yet, and the file's words for which others were read.
        self.unknown: dict[str, tuple[str, ...]] = {}
        self.mapped: dict[str, str] = {}
        self._changed: list[str] | None = None

    @property
    def name(self) -> str:
        """What tells the row apart from every other row of the file."""
        return f"{self.sheet}!{self.number}" if self.sheet else str(self.number)

    def fault(self, key: str, reason: str) -> None:
        """Refuse the row because of this column (empty: because of the row as a whole)."""
        self.faults.append((key, reason))

    def warn(self, key: str, words: str) -> None:
        """Say something about this column that refuses nothing, but should be seen before the file is saved."""
        self.warnings.append((key, words))

    def get(self, key: str, default: Any = None) -> Any:
        """Return what the row will hold afterwards: the file's value, else the register's."""
        if key in self.values:
            return self.values[key]
        return default if self.current is None else self.current.get(key, default)

    @property
    def is_new(self) -> bool:
        """Whether the register knows nothing of it yet."""
        return self.current is None

    def changed_keys(self) -> list[str]:
        """Return the columns in which file and register differ; counted once, see `settle`."""
        if self._changed is None:
            self.settle()
        return self._changed or []

    def settle(self) -> None:
        """Compare again, after values were changed."""
        current = self.current
        if current is None:
            self._changed = list(self.values)
        else:
            self._changed = [key for key, value in self.values.items() if current.get(key) != value]

    @property
    def status(self) -> Status:
        """What becomes of it."""
        if self.faults:
            return Status.FAULTY
        if self.current is None:
            return Status.NEW
        return Status.CHANGED if self.changed_keys() else Status.UNCHANGED


def refuse_changes(row: Row, keys: tuple[str, ...]) -> None:
    """Put a fault on each of these columns in which a known row's cell says otherwise: its page has a step for it."""
    current = row.current or {}
    for key in keys:
        if key in row.values and row.values[key] != current.get(key):
            row.fault(key, "与已登记的不同，请在这条记录的页面上更正")


def refuse_doubles(rows: list[Row], keys: tuple[str, ...]) -> None:
    """Put a fault on every later row that repeats an earlier row's identifying columns."""
    seen: dict[tuple[Any, ...], Row] = {}
    for row in rows:
        identity = tuple(row.values.get(key) for key in keys)
        if None in identity:
            continue
        first = seen.setdefault(identity, row)
        if first is not row:
            sheet = f"工作表“{first.sheet}”" if first.sheet else "本文件"
            row.fault(keys[0], f"与{sheet}第 {first.number} 行重复")
