"""What an import would do, as data for pages, commands and marked-up sheets."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from union_portal.base.errors import Conflict, Refused
from union_portal.base.importing.questions import Question

if TYPE_CHECKING:
    from union_portal.base.importing.rows import Row
    from union_portal.base.importing.telling import Telling


class Status(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    FAULTY = "faulty"


@dataclass(frozen=True, slots=True, kw_only=True)
class CellFault:
    """Why a cell cannot be taken: the sheet's row number, the heading, what stood there (masked if sensitive).

    Row 0 concerns the file, an empty column the whole row; `sheet` is told where rows of several sheets are read.
    """

    row: int
    column: str
    label: str
    value: str
    reason: str
    sheet: str = ""

    def __str__(self) -> str:
        if not self.row:
            return self.reason
        sheet = f"工作表“{self.sheet}”" if self.sheet else ""
        column = f"「{self.label}」" if self.label else ""
        return f"{sheet}第 {self.row} 行{column}：{self.reason}"


@dataclass(frozen=True, slots=True, kw_only=True)
class CellChange:
    """What a cell would change, as shown to people (masked if sensitive)."""

    column: str
    label: str
    old: str
    new: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RowOutcome:
    """What would become of one row; its label and changes are put into words when somebody asks for them."""

    row: "Row"
    teller: "Telling"
    status: Status
    # Whether its changes are told.
    detailed: bool
    faults: list[CellFault] = field(default_factory=list)
    # As faults look, but they refuse nothing.
    warnings: list[CellFault] = field(default_factory=list)

    @property
    def row_number(self) -> int:
        """Where it stands in its sheet."""
        return self.row.number

    @property
    def sheet(self) -> str:
        """The sheet's name, where the file holds the table on several."""
        return self.row.sheet

    @property
    def label(self) -> str:
        """What names it for people."""
        return self.teller.row_label(self.row)

    @property
    def changes(self) -> list[CellChange]:
        """What its cells change; of a new row, what it would hold."""
        return self.teller.changes(self.row) if self.detailed else []

    @property
    def pk(self) -> object:
        """The record's key, once there is one."""
        return self.row.pk


@dataclass(frozen=True, slots=True, kw_only=True)
class UnknownWords:
    """A word that a column with a list does not know: in which rows it stands, and what it may mean, likeliest first.

    `model` is the label of the model whose row it would name, or empty; `brings` what such a row is called, where the
    file may bring it along; `near` the option that looks like the same thing.
    """

    column: str
    label: str
    word: str
    rows: tuple[str, ...]
    options: tuple[str, ...]
    model: str = ""
    brings: str = ""
    near: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaver:
    """Somebody in the register whom the file does not name; nothing happens to them unasked."""

    pk: object
    label: str
    detail: str = ""


@dataclass(kw_only=True)
class ImportPreview:
    """The outcome of a file, row by row. After confirming, the same data says what was done (`saved`)."""

    kind: str
    digest: str = ""
    rows: list[RowOutcome] = field(default_factory=list)
    leavers: list[Leaver] = field(default_factory=list)
    ignored_columns: list[str] = field(default_factory=list)
    skipped_rows: list[int] = field(default_factory=list)
    file_faults: list[CellFault] = field(default_factory=list)
    # How the file was read, where people may think otherwise.
    notes: list[CellFault] = field(default_factory=list)
    # How many faults there are beyond those that are named.
    unlisted: int = 0
    # Row number to what the user was shown for it, hashed: confirming compares it with what it finds then.
    fingerprint: dict[str, str] = field(default_factory=dict)
    counts: dict[Status, int] = field(default_factory=lambda: dict.fromkeys(Status, 0))
    # What is asked of the file as a whole, and what of it has no answer yet.
    questions: list[Question] = field(default_factory=list)
    unanswered: list[Question] = field(default_factory=list)
    # Words that may be explained once for all of the file, each of them the cause of a fault in every row of it.
    unknown: list[UnknownWords] = field(default_factory=list)
    saved: bool = False

    @property
    def total(self) -> int:
        """How many rows the file holds, headings and empty rows not counted."""
        return len(self.rows)

    @property
    def new(self) -> int:
        """How many rows would be added."""
        return self.counts[Status.NEW]

    @property
    def changed(self) -> int:
        """How many rows would change something."""
        return self.counts[Status.CHANGED]

    @property
    def unchanged(self) -> int:
        """How many rows say what the register says."""
        return self.counts[Status.UNCHANGED]

    @property
    def faulty(self) -> int:
        """How many rows cannot be taken."""
        return self.counts[Status.FAULTY]

    @property
    def faults(self) -> list[CellFault]:
        """Every fault that is named, in the sheet's order."""
        return self.file_faults + [fault for row in self.rows for fault in row.faults]

    @property
    def warnings(self) -> list[CellFault]:
        """What should be seen before the file is saved, in the sheet's order."""
        return self.notes + [warning for row in self.rows for warning in row.warnings]

    @property
    def acceptable(self) -> bool:
        """Whether the file could be saved as it is."""
        return not self.faulty and not self.file_faults


class ImportRefused(Refused):
    """The file holds faults; nothing was saved. `preview` names them all."""

    def __init__(self, preview: ImportPreview) -> None:
        faults = preview.faults
        super().__init__(
            "发现 {count:,} 处错误，没有保存任何内容。第一处：{first}".format(
                count=len(faults) + preview.unlisted, first=faults[0] if faults else ""
            ),
        )
        self.preview = preview


class AnswersNeeded(Refused):
    """Questions about the file are open; nothing was saved. `preview` names them."""

    def __init__(self, preview: ImportPreview) -> None:
        asked = "；".join(question.words for question in preview.unanswered)
        super().__init__(f"还有问题没有回答，没有保存任何内容：{asked}")
        self.preview = preview


class RegisterMoved(Conflict):
    """Rows changed between preview and confirm; nothing was saved.

    `rows` are their numbers or, of several sheets, sheet!number, `preview` is the new view.
    """

    def __init__(self, preview: ImportPreview, rows: list[str]) -> None:
        shown = "、".join(rows[:20]) + ("…" if len(rows) > 20 else "")
        super().__init__(
            f"预览之后有 {len(rows):,} 行已被改动（第 {shown} 行），没有保存任何内容。请重新查看预览。",
        )
        self.preview = preview
        self.rows = rows
