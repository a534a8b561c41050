"""Lists of people as spreadsheets: their columns, read and compared with the register."""

import datetime as dt
from collections.abc import Iterable
from typing import IO, Any

from members.branches.models import BranchAssignment
from members.people.models import Person
from union_portal.base.errors import DomainError
from union_portal.base.importing.parsing import read_rows
from union_portal.base.importing.rows import Row
from union_portal.base.spreadsheets.columns import Classification, Column
from union_portal.base.spreadsheets.headers import find_headings
from union_portal.base.spreadsheets.parsers import Code, Name
from union_portal.base.spreadsheets.reading import read_book

STAFF_NUMBER = Column(
    key="staff_number",
    label="工号",
    parser=Code(longest=32),
    synonyms=("职工号", "教工号", "人员编号"),
    required=True,
    example="20150012",
)
NAME = Column(key="name", label="姓名", parser=Name(), required=True, example="张伟", synonyms=("职工姓名",))
ROSTER = (STAFF_NUMBER, NAME)
IDENTITY = Column(
    key="identity",
    label="身份证号",
    parser=Code(longest=40),
    synonyms=("身份证号码", "证件号码"),
    classification=Classification.IDENTITY,
)


class People:
    """The register's people by staff number (or by another field), and where they belonged."""

    def __init__(self, known: Iterable[Any], *, by: str = "staff_number") -> None:
        found = Person.objects.filter(**{f"{by}__in": set(known)}).only("pk", "staff_number", "name", "gender")
        self.by_number = {getattr(person, by): person for person in found}
        self._assigned: dict[int, list[tuple[dt.date, dt.date | None, int]]] = {}
        episodes = BranchAssignment.objects.filter(person__in=[person.pk for person in self.by_number.values()])
        for person, start, end, branch in episodes.values_list("person", "valid_from", "valid_to", "branch"):
            self._assigned.setdefault(person, []).append((start, end, branch))

    def match(self, row: Row) -> Person | None:
        """Return the row's person; put a fault on the row when number or name does not fit."""
        number, name = row.get("staff_number"), row.get("name")
        if number is None:
            return None
        person = self.by_number.get(number)
        if person is None:
            row.fault("staff_number", "登记中没有这个工号")
        elif name is not None and person.name != name:
            row.fault("name", f"登记姓名为 {person.name}")
        return person

    def branch_on(self, person: Any, day: dt.date) -> int | None:
        """Return the key of the branch the person (or the key's person) belonged to on the day."""
        for start, end, branch in self._assigned.get(getattr(person, "pk", person), []):
            if start <= day and (end is None or end >= day):
                return branch
        return None


def read_people(*, file: IO[bytes], beside: tuple[Column, ...] = ()) -> list[tuple[str, ...]]:
    """Return (staff number, name) of every row of an xlsx or csv list, and what it says in the columns `beside` them.

    Raises SpreadsheetError when it is no such table, DomainError for the first faulty cell.
    """
    columns = (*ROSTER, *beside)
    book = read_book(file)
    headings = find_headings(book, columns)
    rows, _skipped = read_rows(headings=headings, columns=columns, parsers={}, checks={})
    for row in rows:
        if row.faults:
            key, reason = row.faults[0]
            label = next((column.label for column in columns if column.key == key), "")
            raise DomainError(f"第 {row.number} 行「{label}」：{reason}", field="file")
    return [tuple(str(row.values.get(column.key) or "") for column in columns) for row in rows]
