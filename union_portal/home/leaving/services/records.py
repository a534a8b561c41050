"""Every table of the database as it stands: JSON lines for machines, csv for people, and the files that rows name."""

import json
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core.files.storage import default_storage
from django.db import connection, models

from union_portal.base.fields import BlindIndexField, EncryptedTextField
from union_portal.base.models.kept import KeptPaper
from union_portal.base.spreadsheets.writing import csv_lines, write_csv
from union_portal.home.leaving.enums import LEFT_OUT, LEFT_OUT_COLUMNS
from union_portal.home.leaving.services.shelf import Shelf

# Between values, and around them: characters that JSON never holds as they are.
# The row's own name is none that a column may have: a column of that name would be told alone.
_COPY = "COPY (SELECT row_to_json(_) FROM (SELECT {columns} FROM {table} ORDER BY {key}) _) TO STDOUT WITH (FORMAT csv, DELIMITER E'\\x02', QUOTE E'\\x01')"  # noqa: E501
_PAPERS = ["文件", "原文件名", "记录种类", "记录编号", "字段", "字节数", "情况"]
_GONE = "原平台已没有这份文件"


def kept_models() -> list[Any]:
    """Return the models whose rows an archive holds: all that have a table, but those that stay behind."""
    found = apps.get_models(include_auto_created=True)
    return [one for one in found if one._meta.managed and one._meta.label not in LEFT_OUT]  # noqa: SLF001


def is_history(model: Any) -> bool:
    """Tell whether the rows are earlier states of another model's rows."""
    return hasattr(model, "pgh_tracked_model")


def fields_of(model: Any) -> list[Any]:
    """Return the fields that go along."""
    label = model._meta.label  # noqa: SLF001
    return [
        field
        for field in model._meta.concrete_fields  # noqa: SLF001
        if not isinstance(field, BlindIndexField) and (label, field.name) not in LEFT_OUT_COLUMNS
    ]


def put_records(shelf: Shelf, model: Any) -> int:
    """Write the model's rows; earlier states of rows as JSON alone. Return how many there were."""
    label, fields, count = model._meta.label, fields_of(model), 0  # noqa: SLF001
    headings = [f"{field.verbose_name}（{field.column}）" for field in fields]
    with shelf.file(f"records/{label}.jsonl") as out:
        for line in _lines(model, fields):
            out.write(line + b"\n")
            count += 1
    if count and not is_history(model):
        with shelf.file(f"records/{label}.csv") as out:
            rows = ([_cell(value) for value in json.loads(line).values()] for line in _lines(model, fields))
            for piece in csv_lines(headings=headings, rows=rows):
                out.write(piece)
    return count


def _cell(value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else value


def lines_of(model: Any) -> Iterator[bytes]:
    """Yield the model's rows as JSON, an object a line."""
    yield from _lines(model, fields_of(model))


def _lines(model: Any, fields: list[Any]) -> Iterator[bytes]:
    """Yield the rows as JSON, an object a line; what is encrypted in the database is readable."""
    secret = [field for field in fields if isinstance(field, EncryptedTextField)]
    named, quote = model._meta, connection.ops.quote_name  # noqa: SLF001
    columns = ", ".join(quote(field.column) for field in fields)
    query = _COPY.format(columns=columns, table=quote(named.db_table), key=quote(named.pk.column))
    with connection.cursor() as cursor, cursor.copy(query) as copy:
        rest = b""
        for piece in copy:
            *lines, rest = (rest + bytes(piece)).split(b"\n")
            yield from (_opened(line, secret) for line in lines) if secret else lines


def _opened(line: bytes, secret: list[Any]) -> bytes:
    row = json.loads(line)
    for field in secret:
        row[field.column] = field.from_db_value(row[field.column], None, connection)
    return json.dumps(row, ensure_ascii=False).encode()


def put_papers(shelf: Shelf) -> int:
    """Write every file that a row names, and the table of which record each belongs to; return how many there are."""
    names = {one.place: one.name for one in KeptPaper.objects.all()}
    told: list[list[Any]] = []
    written: set[str] = set()
    for model, field in file_fields():
        rows = model._base_manager.exclude(**{field.name: ""}).order_by("pk")  # noqa: SLF001
        for pk, place in rows.values_list("pk", field.name):
            about = [names.get(place, ""), model._meta.verbose_name, pk, field.verbose_name]  # noqa: SLF001
            if place not in written and not default_storage.exists(place):
                told.append(["", *about, None, _GONE])
                continue
            if place not in written:
                _put_paper(shelf, f"files/{place}", place)
                written.add(place)
            told.append([f"files/{place}", *about, default_storage.size(place), ""])
    shelf.put("files/文件对照表.csv", write_csv(headings=_PAPERS, rows=told))
    return len(written)


def _put_paper(shelf: Shelf, path: str, place: str) -> None:
    with default_storage.open(place) as source, shelf.file(path) as out:
        for chunk in source.chunks():
            out.write(chunk)


def file_fields() -> Iterator[tuple[Any, Any]]:
    """Yield the fields for files of the models that go along."""
    for model in kept_models():
        if not is_history(model):
            for field in model._meta.local_concrete_fields:  # noqa: SLF001
                if isinstance(field, models.FileField):
                    yield model, field
