"""The people a file names: loaded once, number and name compared, the branch as of any day."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from members.models import BranchAssignment, Person
from union_portal.base.importing.rows import Row


class People:
    """The register's people by staff number, and where they belonged."""

    def __init__(self, numbers: Iterable[str]) -> None:
        found = Person.objects.filter(staff_number__in=set(numbers)).only("pk", "staff_number", "name", "gender")
        self.by_number = {person.staff_number: person for person in found}
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
        """Return the key of the branch the person belonged to on the day."""
        for start, end, branch in self._assigned.get(person.pk, []):
            if start <= day and (end is None or end >= day):
                return branch
        return None
