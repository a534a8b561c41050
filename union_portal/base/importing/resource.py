"""The face of every import: preview and confirm; the two engines fill in how rows are held and saved."""
# mypy: disallow-untyped-calls=False

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import replace
from functools import partial
from hashlib import sha256
from typing import IO, Any, ClassVar

from django.conf import settings
from django.db import models, transaction
from import_export import resources
from tablib.core import Dataset

from union_portal.base.errors import Refused
from union_portal.base.importing.datasets import BookDataset, PreviewResult, book_of
from union_portal.base.importing.exporting import ExportMixin
from union_portal.base.importing.kinds import ImportKind
from union_portal.base.importing.meanings import unknown_words
from union_portal.base.importing.parsing import Check, Words, note, notes_on, read_rows
from union_portal.base.importing.preview import (
    AnswersNeeded,
    CellFault,
    ImportPreview,
    ImportRefused,
    Leaver,
    RegisterMoved,
    RowOutcome,
    Status,
)
from union_portal.base.importing.questions import Question, open_questions, read_answers
from union_portal.base.importing.rows import Row, refuse_doubles
from union_portal.base.importing.signals import imported
from union_portal.base.importing.telling import Telling, fingerprint_of, in_order, no_collecting
from union_portal.base.models import AppendOnlyModel
from union_portal.base.spreadsheets.columns import Column
from union_portal.base.spreadsheets.headers import find_headings
from union_portal.base.spreadsheets.parsers import Parser
from union_portal.base.spreadsheets.reading import Book, read_book

# A new row's cells are listed for this many rows only: nobody reads further, and 100,000 rows stay light.
DETAILED_NEW_ROWS = 20_000

# So many faults are named one by one; of the others it is said how many there are.
LISTED_FAULTS = 2_000


class SaveRefused(Exception):
    """The database refused a row while saving; carries (row or None, column key, reason)."""

    def __init__(self, row: Row | None, key: str, reason: str) -> None:
        super().__init__(reason)
        self.row = row
        self.key = key
        self.reason = reason


class ImportResource(Telling, ExportMixin, resources.Resource):
    """What both engines share. Authors subclass `TableResource` or `RowResource`."""

    _meta: Any
    kind: ClassVar[ImportKind]
    # What is asked of the file as a whole; see `asks`.
    questions: ClassVar[tuple[Question, ...]] = ()
    # By column: what words that it does not know probably mean; only ever suggested.
    likely: ClassVar[Mapping[str, Mapping[str, str]]] = {}
    # By column: what the rows are called that the file may bring with it; see `bring`.
    brings: ClassVar[Mapping[str, str]] = {}

    def __init__(
        self,
        *,
        actor: Any = None,
        answers: Mapping[str, str] | None = None,
        meanings: Words | None = None,
        brought: Mapping[str, Sequence[str]] | None = None,
        **more: Any,
    ) -> None:
        super().__init__(**more)
        self.actor = actor
        # By column: words of the file whose rows are made with it.
        self.brought = brought or {}
        # What the school says that words of its lists mean.
        self.meanings: Words = meanings or {}
        # By question's key; a question without an answer is not in it.
        self.answers = read_answers(self.questions, answers or {})
        self.columns: dict[str, Column] = {column.key: column for column in self.kind.columns}
        # The file's columns in the kind's order, known once the headings are found.
        self.present: list[Column] = []
        # Parsers for this run only, such as a list of branches; `prepare` fills them.
        self.parsers: dict[str, Parser] = {}
        # Whether this run will save: current values are then read under a lock.
        self.saving = False
        # Told how far the work is, as a share of it and in words, for whoever waits.
        self.progress: Callable[[float, str], None] = lambda _share, _words: None
        self._showers: dict[str, tuple[Callable[[Any], str], bool]] = {}

    # -- for authors -------------------------------------------------------------------------------------------------

    def bring(self, column: str, words: Sequence[str]) -> None:
        """Make the rows that these words of the column name, by their own service; a preview takes them back."""

    def prepare(self) -> None:
        """Load what the parsers need, once per file, and set `self.parsers`."""

    def clean_row(self, row: Row) -> None:
        """Judge a row as a whole; `row.get(key)` is what it will hold, `row.fault(key, reason)` refuses it."""

    def asks(self, rows: Sequence[Row]) -> Iterable[str]:
        """Return the keys of the questions that these rows, judged, make matter."""
        due = any(row.status in {Status.NEW, Status.CHANGED} for row in rows)
        return [question.key for question in self.questions] if due else []

    def cancel_made(self, *, model: type[models.Model], keys: Collection[Any], why: str) -> None:
        """Cancel or correct rows that are never removed, as their steps are logged or they are written once."""
        del why
        name = model._meta.verbose_name  # noqa: SLF001
        words = f"{name} {len(keys):,} 条按步骤办理并留有记录，不能删除，请在{name}的页面上逐条更正"
        if issubclass(model, AppendOnlyModel):
            words = f"{name} {len(keys):,} 条已写入：{model.put_right_by}"
        raise Refused(f"这次导入不能撤回：其中{words}。")

    def leavers(self, rows: Sequence[Row]) -> list[Leaver]:
        """Return the records that the register holds and the file does not name."""
        del rows
        return []

    # -- for engines -------------------------------------------------------------------------------------------------

    def load_current(self, rows: Sequence[Row]) -> None:
        """Set `pk` and `current` of every row that the register knows."""

    def check_rows(self, rows: Sequence[Row]) -> None:
        """Look at all rows together after `clean_row`."""

    def checks(self) -> dict[str, Check]:
        """Return per column a check of parsed values."""
        return {}

    def save_rows(self, rows: Sequence[Row]) -> None:
        """Save the new and the changed rows; raise `SaveRefused` for a row the database does not take."""
        raise NotImplementedError

    # -- the face ----------------------------------------------------------------------------------------------------

    def preview(self, file: IO[bytes]) -> ImportPreview:
        """Say what the file would do, changing nothing; raise `SpreadsheetError` when it is no such table."""
        return self._run(BookDataset(read_book(file)), dry_run=True)

    def confirm(self, file: IO[bytes], *, expected: Mapping[str, str] | None = None) -> ImportPreview:
        """Save the whole file or nothing.

        `expected` is the fingerprint of the preview that was agreed to: raises `RegisterMoved` when rows would now
        come out otherwise, `ImportRefused` when any cell is faulty, `AnswersNeeded` when a question is open.
        """
        preview = self._run(BookDataset(read_book(file)), dry_run=False, expected=expected)
        if not preview.saved:
            raise ImportRefused(preview)
        return preview

    def _run(self, dataset: Dataset, *, dry_run: bool, **options: Any) -> ImportPreview:
        with transaction.atomic(using=self.get_db_connection_name()) if self.brought else nullcontext():
            for column, words in self.brought.items():
                self.bring(column, words)
            result = self.import_data(
                dataset, dry_run=dry_run, use_transactions=True, rollback_on_validation_errors=True, **options
            )
            preview: ImportPreview = result.preview
            if self.brought and not preview.saved:
                transaction.set_rollback(True, using=self.get_db_connection_name())
        return preview

    # -- django-import-export's hooks --------------------------------------------------------------------------------

    @classmethod
    def get_result_class(cls) -> type[PreviewResult]:
        """Return our result."""
        return PreviewResult

    @classmethod
    def get_display_name(cls) -> str:
        """Name the Resource in import-export's screens."""
        return str(cls.kind.label)

    def get_queryset(self) -> "models.QuerySet[Any]":
        """Return what an export without a queryset holds."""
        queryset: models.QuerySet[Any] = self._meta.model._default_manager.all()  # noqa: SLF001
        return queryset

    def import_data_inner(
        self,
        dataset: Dataset,
        dry_run: bool,
        raise_errors: bool,
        using_transactions: bool,
        collect_failed_rows: bool,
        **kwargs: Any,
    ) -> PreviewResult:
        """Examine every row in memory, then save all of them unless one is faulty."""
        del raise_errors, using_transactions, collect_failed_rows
        self.saving = not dry_run
        with no_collecting():
            preview, rows = self.examine(book_of(dataset))
        expected = kwargs.get("expected")
        if expected is not None and expected != preview.fingerprint:
            numbers = expected.keys() | preview.fingerprint.keys()
            moved = [name for name in numbers if expected.get(name) != preview.fingerprint.get(name)]
            raise RegisterMoved(preview, sorted(moved, key=in_order))
        if not dry_run and preview.acceptable:
            if preview.unanswered:
                raise AnswersNeeded(preview)
            self._save(preview, rows)
        result = PreviewResult()
        result.adopt(preview)
        return result

    def examine(self, book: Book) -> tuple[ImportPreview, list[Row]]:
        """Read, compare and judge every row."""
        headings = find_headings(book, self.kind.columns)
        self.present = [column for column in self.kind.columns if column.key in headings.places]
        self.prepare()
        by: dict[str, Any] = {"parsers": self.parsers, "checks": self.checks(), "words": self.meanings}
        rows, skipped = read_rows(headings=headings, columns=self.kind.columns, **by)
        preview = ImportPreview(
            kind=self.kind.key,
            digest=book.digest,
            ignored_columns=headings.ignored,
            skipped_rows=skipped,
            notes=notes_on(headings, rows),
            unknown=unknown_words(rows, self.columns, self.parsers, self.likely, self.brings),
        )
        if sum(len(row.faults) for row in rows) > LISTED_FAULTS:
            # Nobody reads further, and nothing can be saved: comparing with the register would only take long.
            preview.notes.append(note("问题太多，没有继续与名册比对；下面的数量只是有问题的行。"))
            self._judge(preview, [row for row in rows if row.faults])
            return preview, rows
        if self.key_columns:
            refuse_doubles(rows, self.key_columns)
        self.load_current(rows)
        for place, row in enumerate(rows):
            self.tell("核对", place, len(rows), part=(0.1, 0.5))
            self.clean_row(row)
            row.settle()
        self.check_rows(rows)
        self._judge(preview, rows)
        preview.leavers = self.leavers(rows)
        asked = set(self.asks(rows))
        preview.questions = [question for question in self.questions if question.key in asked]
        preview.unanswered = open_questions(preview.questions, self.answers)
        return preview, rows

    def _judge(self, preview: ImportPreview, rows: Iterable[Row]) -> None:
        key = sha256(settings.SECRET_KEY.encode()).digest()
        new = {name: partial(self.shown, name) for name in self.brought}
        left = LISTED_FAULTS
        for row in rows:
            status = row.status
            preview.counts[status] += 1
            named = row.faults[:left]
            left -= len(named)
            preview.unlisted += len(row.faults) - len(named)
            preview.rows.append(
                RowOutcome(
                    row=row,
                    teller=self,
                    status=status,
                    detailed=status is Status.CHANGED
                    or (status is Status.NEW and preview.counts[status] <= DETAILED_NEW_ROWS),
                    faults=[self._cell_fault(row, *fault) for fault in named],
                    warnings=[self._cell_fault(row, *warning) for warning in row.warnings],
                ),
            )
            preview.fingerprint[row.name] = fingerprint_of(key, row, status, new)

    def _save(self, preview: ImportPreview, rows: Sequence[Row]) -> None:
        try:
            with transaction.atomic(using=self.get_db_connection_name()):
                self.save_rows(rows)
        except SaveRefused as refused:
            if refused.row is None:
                fault = CellFault(row=0, column=refused.key, label="", value="", reason=refused.reason)
                preview.file_faults.append(fault)
            else:
                self._add_fault(preview, refused.row, refused)
            return
        preview.saved = True
        imported.send(sender=type(self), actor=self.actor, kind=self.kind, preview=preview)

    def _add_fault(self, preview: ImportPreview, row: Row, refused: SaveRefused) -> None:
        told = ((outcome.sheet, outcome.row_number) for outcome in preview.rows)
        place = list(told).index((row.sheet, row.number))
        outcome = preview.rows[place]
        preview.counts[outcome.status] -= 1
        preview.counts[Status.FAULTY] += 1
        fault = self._cell_fault(row, refused.key, refused.reason)
        preview.rows[place] = replace(outcome, status=Status.FAULTY, faults=[fault], warnings=[])
