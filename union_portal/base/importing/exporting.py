"""Exports through django-import-export: typed cells, no formulae, a purpose above basic data, logged by signal."""
# mypy: disallow-untyped-calls=False

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, ClassVar

from django.utils import timezone

from union_portal.base.errors import Refused
from union_portal.base.files import unheard
from union_portal.base.importing.formats import FORMATS
from union_portal.base.importing.signals import exported
from union_portal.base.making import Progress
from union_portal.base.spreadsheets.columns import Classification, Column

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from union_portal.base.importing.resource import ImportResource

_CHUNK = 2000
_TOLD_EVERY = 1000
_WRITING = 95
# One sheet of a workbook holds so many rows, its heading among them.
_SHEET = 1_048_576
# From so many rows on a workbook is written through the disk, row by row, instead of in memory.
_LONG = 20_000
_ORDER = list(Classification)


@dataclass(frozen=True, kw_only=True)
class ExportedFile:
    """A file ready to leave the portal."""

    name: str
    content_type: str
    data: bytes
    rows: int
    classification: Classification


class Counted:
    """Lines on their way into a file: `count` is how many have passed."""

    def __init__(self, lines: Iterable[Any]) -> None:
        self._lines, self.count = lines, 0

    def __iter__(self) -> Iterator[Any]:
        for line in self._lines:
            self.count += 1
            yield line


class ExportMixin:
    """The exporting half of a Resource; columns replace import-export's fields."""

    columns: dict[str, Column]
    # In which order an empty instance takes the records in.
    in_order: ClassVar[tuple[str, ...]] = ("pk",)

    def related_export(self, instances: Sequence[Any]) -> Mapping[Any, Mapping[str, Any]]:
        """Return by primary key the values of columns kept in other tables; authors override it."""
        del instances
        return {}

    def export_value(self, column: Column, instance: Any) -> Any:
        """Return a main-table column's value; dates and amounts keep their type, the rest is shown in words."""
        value = getattr(instance, str(column.field_name), None)
        plain = isinstance(value, dt.date | int | float) and not isinstance(value, bool)
        return value if plain and not column.parser.options else column.parser.show(value)

    def get_export_headers(self, selected_fields: Iterable[str] | None = None) -> list[str]:
        """Return the headings, the same that an import reads."""
        return [column.label for column in self._selected(selected_fields)]

    def get_export_fields(self, selected_fields: Iterable[str] | None = None) -> list[Any]:
        """Return no import-export fields: columns stand for them."""
        del selected_fields
        return []

    def rows_to_complete(self) -> list[list[Any]]:
        """Return what the list's template already holds: rows that only lack something; authors override it."""
        return []

    def iter_queryset(self, queryset: "QuerySet[Any]") -> Iterator[tuple[Any, Mapping[str, Any]]]:
        """Yield instances with what other tables hold for them, fetched by the chunk."""
        instances = iter(queryset.iterator(chunk_size=_CHUNK))
        while chunk := list(islice(instances, _CHUNK)):
            related = self.related_export(chunk)
            for instance in chunk:
                yield instance, related.get(instance.pk, {})

    def export_resource(
        self,
        instance: tuple[Any, Mapping[str, Any]],
        selected_fields: Iterable[str] | None = None,
        **_kwargs: Any,
    ) -> list[Any]:
        """Return one row."""
        record, related = instance
        return [
            column.parser.show(related.get(column.key))
            if column.field_name is None
            else self.export_value(column, record)
            for column in self._selected(selected_fields)
        ]

    def whole(self) -> Iterator[list[Any]]:
        """Yield every record as the row by which an empty instance takes it in: its cells, in the columns' order."""
        records = self.get_queryset().order_by(*self.in_order)  # type: ignore[attr-defined]
        for one in self.iter_queryset(records):
            yield self.export_resource(one)

    def _selected(self, keys: Iterable[str] | None) -> list[Column]:
        if not keys:
            return list(self.columns.values())
        wanted = set(keys)
        return [column for key, column in self.columns.items() if key in wanted]


def lines_of(
    resource: Any, queryset: "QuerySet[Any]", *, columns: Sequence[str] | None = None, progress: Progress = unheard
) -> Iterator[list[Any]]:
    """Yield the rows of the file one by one, so that a long list is never held as a whole; `progress` hears how far."""
    total = max(queryset.count(), 1)
    for number, record in enumerate(resource.iter_queryset(queryset), 1):
        yield resource.export_resource(record, selected_fields=columns)
        if not number % _TOLD_EVERY:
            progress(min(number * _WRITING // total, _WRITING), f"已写入 {number:,} / {total:,} 行")


def write(
    *,
    format: str,  # noqa: A002
    headings: Sequence[str],
    lines: Iterable[Sequence[Any]],
    title: str,
    rows: int,
) -> bytes:
    """Return the lines as a file of the format; a workbook whose sheet cannot hold so many rows is refused."""
    if format == "xlsx" and rows >= _SHEET:
        raise Refused(
            f"共 {rows:,} 行，一张工作表最多容纳 {_SHEET - 1:,} 行；请缩小筛选范围，或导出为 csv。", field="format"
        )
    writer: Any = FORMATS[format]
    data: bytes = writer.write(headings=headings, rows=lines, title=title, long=rows > _LONG)
    return data


def class_of(columns: Iterable[Column]) -> Classification:
    """Return the most sensitive class of data in the columns."""
    return max((column.classification for column in columns), key=_ORDER.index, default=Classification.BASIC)


def export(
    resource: "ImportResource",
    queryset: "QuerySet[Any]",
    *,
    format: str = "xlsx",  # noqa: A002
    actor: Any,
    purpose: str = "",
    columns: Sequence[str] | None = None,
    progress: Progress = unheard,
) -> ExportedFile:
    """Write the queryset's records; raises `Refused` when personal data above basic leaves without a purpose.

    Sends `exported` before returning, so a log that cannot be written stops the export.
    """
    if format not in FORMATS:
        raise Refused("只能导出为 xlsx 或 csv。")
    chosen = [column for key, column in resource.columns.items() if columns is None or key in columns]
    classification = class_of(chosen)
    if classification is not Classification.BASIC and not purpose.strip():
        raise Refused("这些列含有个人信息，请填写用途。", field="purpose")
    keys, rows = [column.key for column in chosen], queryset.count()
    lines = Counted(lines_of(resource, queryset, columns=keys, progress=progress))
    headings, title = resource.get_export_headers(keys), str(resource.kind.label)
    data = write(format=format, headings=headings, lines=lines, title=title, rows=rows)
    exported.send(
        sender=type(resource),
        actor=actor,
        kind=resource.kind,
        purpose=purpose.strip(),
        rows=lines.count,
        classification=classification,
        columns=keys,
    )
    return ExportedFile(
        name=f"{resource.kind.label}-{timezone.localdate():%Y%m%d}.{format}",
        content_type=FORMATS[format]().get_content_type(),
        data=data,
        rows=lines.count,
        classification=classification,
    )
