"""The formats that django-import-export's screens and our exports use: our readers, our formula-safe writers."""

import io
from collections.abc import Iterable, Sequence
from typing import Any, cast

from import_export.formats import base_formats
from tablib.core import Dataset

from union_portal.base.importing.datasets import BookDataset
from union_portal.base.spreadsheets.reading import read_book
from union_portal.base.spreadsheets.writing import write_csv, write_xlsx


class PortalXLSX(base_formats.XLSX):
    """xlsx, read by calamine and written by xlsxwriter."""

    def create_dataset(self, in_stream: bytes, **_kwargs: Any) -> BookDataset:
        """Read an upload."""
        return BookDataset(read_book(io.BytesIO(in_stream)))

    def export_data(self, dataset: Dataset, **_kwargs: Any) -> bytes:
        """Write a workbook in which no text is a formula."""
        return self.write(headings=dataset.headers or [], rows=_rows(dataset), title=dataset.title or "")

    @staticmethod
    def write(*, headings: Sequence[str], rows: Iterable[Sequence[Any]], title: str = "", long: bool = False) -> bytes:
        """Write a workbook from rows as they come."""
        return write_xlsx(headings=headings, rows=rows, title=title, long=long)


class PortalCSV(base_formats.CSV):
    """csv in UTF-8 or GBK in, UTF-8 with BOM out."""

    def create_dataset(self, in_stream: bytes | str, **_kwargs: Any) -> BookDataset:
        """Read an upload."""
        data = in_stream.encode() if isinstance(in_stream, str) else in_stream
        return BookDataset(read_book(io.BytesIO(data)))

    def export_data(self, dataset: Dataset, **_kwargs: Any) -> bytes:
        """Write csv in which texts that look like formulae are defused."""
        return self.write(headings=dataset.headers or [], rows=_rows(dataset))

    @staticmethod
    def write(*, headings: Sequence[str], rows: Iterable[Sequence[Any]], title: str = "", long: bool = False) -> bytes:
        """Write csv from rows as they come."""
        del title, long
        return write_csv(headings=headings, rows=rows)

    def is_binary(self) -> bool:
        """Uploads are decoded by our own reader."""
        return True

    def get_read_mode(self) -> str:
        """Open files as bytes."""
        return "rb"


def _rows(dataset: Dataset) -> Iterable[Sequence[Any]]:
    return cast("Iterable[Sequence[Any]]", dataset)


FORMATS = {"xlsx": PortalXLSX, "csv": PortalCSV}
