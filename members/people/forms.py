"""Fields by which an officer names people."""

from typing import Any

from django import forms

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


class StaffNumberField(forms.CharField):
    """A staff number; its value is the person who has it."""

    def __init__(self, *, label: str = "工号", **options: Any) -> None:
        super().__init__(label=label, max_length=32, **options)

    def clean(self, value: Any) -> Any:
        """Return the person, or None for an empty field."""
        number = super().clean(value)
        person = Person.objects.filter(staff_number=number).first() if number else None
        if number and person is None:
            raise forms.ValidationError("登记中没有这个工号，请核对。")
        return person
