"""What django-import-export's engine, screens and results see of our sheets and previews."""
# mypy: disallow-untyped-calls=False

from collections import OrderedDict
from collections.abc import Iterator
from itertools import islice

from django.core.exceptions import ValidationError
from import_export.results import Error, InvalidRow, Result, RowResult
from tablib.core import Dataset

from union_portal.base.importing.preview import ImportPreview, RowOutcome, Status
from union_portal.base.spreadsheets.raw import Raw, Sheet
from union_portal.base.spreadsheets.reading import Book

_RENDERED_ROWS = 200
_TYPES = {
    Status.NEW: RowResult.IMPORT_TYPE_NEW,
    Status.CHANGED: RowResult.IMPORT_TYPE_UPDATE,
    Status.UNCHANGED: RowResult.IMPORT_TYPE_SKIP,
    Status.FAULTY: RowResult.IMPORT_TYPE_INVALID,
}


class BookDataset(Dataset):
    """A dataset that carries a read file without copying its rows; the engine finds the headings itself."""

    def __init__(self, book: Book) -> None:
        super().__init__()
        self.book = book
        self.headers = [str(cell) for cell in book.sheets[0].rows[0]]

    def __len__(self) -> int:
        return sum(len(sheet.rows) for sheet in self.book.sheets)


def book_of(dataset: Dataset) -> Book:
    """Return the file behind a dataset; of a plain dataset the headings are row 1."""
    if isinstance(dataset, BookDataset):
        return dataset.book
    rows: list[list[Raw]] = [list(dataset.headers or []), *(list(dataset[place]) for place in range(len(dataset)))]
    return Book(sheets=[Sheet(name=dataset.title or "", rows=rows)], digest="", kind="dataset")


class PreviewResult(Result):
    """import-export's result over a preview; row results are made only for what a page renders."""

    def __init__(self) -> None:
        super().__init__()
        self.preview = ImportPreview(kind="")

    def adopt(self, preview: ImportPreview) -> None:
        """Take over a preview's figures and faults."""
        self.preview = preview
        self.total_rows = preview.total
        self.totals = OrderedDict(dict.fromkeys(RowResult.valid_import_types, 0))
        self.totals |= {kind: preview.counts[status] for status, kind in _TYPES.items()}
        self.rows = [_row_result(row) for row in islice(self._worth_showing(), _RENDERED_ROWS)]
        self.invalid_rows = [
            InvalidRow(
                number=row.row_number,
                validation_error=ValidationError([str(fault) for fault in row.faults]),
                values=(row.label,),
            )
            for row in islice((row for row in preview.rows if row.faults), _RENDERED_ROWS)
        ]
        for fault in preview.file_faults:
            self.append_base_error(Error(ValueError(str(fault))))

    def has_validation_errors(self) -> bool:
        """Tell whether any row is refused."""
        return bool(self.preview.faulty)

    def _worth_showing(self) -> Iterator[RowOutcome]:
        return (row for row in self.preview.rows if row.status is not Status.UNCHANGED)


def _row_result(row: RowOutcome) -> RowResult:
    result = RowResult()
    result.import_type = _TYPES[row.status]
    result.object_id = row.pk
    result.object_repr = row.label
    result.diff = [f"{change.label}: {change.old} → {change.new}" for change in row.changes]
    return result
