"""Fields and small forms that name people by staff number, a day or a reason."""

from collections.abc import Iterator
from typing import Any

from django import forms

from members.people.models import Person


class PersonForm(forms.Form):
    """A person by staff number."""

    staff_number = forms.CharField(label="工号", max_length=32)

    def clean_staff_number(self) -> str:
        number: str = self.cleaned_data["staff_number"].strip()
        person = Person.objects.filter(staff_number=number).first()
        if person is None:
            raise forms.ValidationError("名册中没有这个工号。")
        self.cleaned_data["person"] = person
        return number


class PersonField(forms.CharField):
    """A person by staff number; empty is nobody."""

    def clean(self, value: Any) -> Any:
        number = str(super().clean(value) or "").strip()
        return person_named(number) if number else None


def person_named(number: str) -> Person:
    """Return the person with the staff number; invalid when nobody has it."""
    person: Person | None = Person.objects.filter(staff_number=number).first()
    if person is None:
        raise forms.ValidationError(f"人员库中没有工号{number}。", code="unknown")
    return person


class PeopleField(forms.CharField):
    """People by staff number, one a line; what follows the number is for the reader. With `counted` votes follow it."""

    def __init__(self, *, counted: bool = False, **options: Any) -> None:
        self.counted = counted
        super().__init__(widget=forms.Textarea(attrs={"rows": 4 if counted else 8}), **options)

    def clean(self, value: Any) -> Any:
        return list(self._lines(str(super().clean(value) or "")))

    def _lines(self, text: str) -> Iterator[Any]:
        for number, line in enumerate(text.splitlines(), start=1):
            words = line.replace("，", " ").replace(",", " ").split()
            if not words:
                continue
            try:
                person = person_named(words[0])
            except forms.ValidationError as error:
                raise forms.ValidationError(f"第 {number} 行：{error.messages[0]}") from error
            if not self.counted:
                yield person
            elif words[-1].isdecimal() and len(words) > 1:
                yield person, int(words[-1])
            else:
                raise forms.ValidationError(f"第 {number} 行：请先写工号，再写票数。")
