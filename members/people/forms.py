"""Fields by which an officer names people."""

from typing import Any

from members.people.models import Person
from union_portal.base.admin.picking import PickedField, PickedManyField


class PersonField(PickedField):
    """Somebody in the register, found by name, staff number or pinyin."""

    def __init__(self, *, label: str = "人员", **options: Any) -> None:
        super().__init__(Person, label=label, **options)


class PeopleField(PickedManyField):
    """Several people in the register."""

    def __init__(self, *, label: str = "人员", **options: Any) -> None:
        super().__init__(Person, label=label, **options)
