"""The demo college leaves: its archive, an empty portal that takes it in, and what either says of itself."""

import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction

from members.people.models import Person
from union_portal.annual_report.composing.services.data import figure_data
from union_portal.base import figures
from union_portal.base.age import new_key
from union_portal.base.figures import FigureRequest
from union_portal.base.importing.kinds import kind as kind_of
from union_portal.base.importing.preview import ImportPreview
from union_portal.base.periods import Period
from union_portal.base.spreadsheets.reading import read_book
from union_portal.base.spreadsheets.writing import write_xlsx
from union_portal.home.leaving.services import taking_in
from union_portal.home.leaving.services.archive import write_archive

YEARS = (2024, 2025)


@dataclass
class Portal:
    """What a portal says of itself: every figure of two years, and every list as an archive holds it."""

    figures: dict[tuple[int, str], Any]
    lists: dict[str, list[Any]]


@dataclass
class Left:
    """The college before it left, what the empty portal made of its archive, and that one then."""

    before: Portal
    done: dict[str, ImportPreview]
    after: Portal


def left(path: Path, *, empty: str) -> Left:
    """Write the archive of what is there, go back to the empty portal, and let it take the archive in."""
    key, counted = new_key(), _figures()
    with path.open("wb") as out:
        write_archive(out, recipient=key.recipient, asked="")
    transaction.savepoint_rollback(empty)
    assert not Person.objects.exists()
    with path.open("rb") as file, taking_in.opened(file, secret=key.secret) as archive:
        before = Portal(counted, {one.kind: _cells(archive.read(one.path)) for one in archive.lists})
        done = {one.kind: taking_in.take_list(archive, one, actor=None) for one in archive.lists}
    lists = {kind: _cells(_written(kind)) for kind in before.lists}
    return Left(before, done, Portal(_figures(), lists))


def _figures() -> dict[tuple[int, str], Any]:
    kinds = figures.kinds()
    requests = {year: [FigureRequest(key, (key,), Period.year(year)) for key in kinds] for year in YEARS}
    return {(year, one.key): figure_data(one) for year in YEARS for one in figures.count(requests[year])}


def _written(kind: str) -> bytes:
    resource = kind_of(kind)
    rows = resource(actor=None).whole()
    return write_xlsx(headings=[column.label for column in resource.kind.columns], rows=rows)


def _cells(content: bytes) -> list[Any]:
    """Return a list's rows; a text's spaces are those of the import."""
    (sheet,) = read_book(io.BytesIO(content)).sheets
    return [[" ".join(cell.split()) if isinstance(cell, str) else cell for cell in row] for row in sheet.rows]
