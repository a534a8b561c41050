"""Fields and small forms that name people: picked by typing, or written with their votes as a paper lists them."""

from collections.abc import Iterator
from typing import Any

from django import forms

from members.people.forms import PersonField
from members.people.models import Person


class PersonForm(forms.Form):
    """A person, found by typing."""

    person = PersonField(listed="living")


def person_named(words: str) -> Person:
    """Return the person of this name or staff number; invalid when nobody has it, and when several have the name."""
    found: list[Person] = list(Person.objects.filter(staff_number=words)) or list(Person.objects.filter(name=words)[:2])
    if not found:
        raise forms.ValidationError(f"名册中没有“{words}”，请核对姓名。", code="unknown")
    if len(found) > 1:
        raise forms.ValidationError(f"名册中有几位{words}，请改填工号。", code="several")
    return found[0]


class CountedPeopleField(forms.CharField):
    """People by name, one a line, and after each the votes; a staff number tells apart who have one name."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": 4}), **options)

    def clean(self, value: Any) -> Any:
        """Return what every line says."""
        return list(self._lines(str(super().clean(value) or "")))

    def _lines(self, text: str) -> Iterator[Any]:
        for number, line in enumerate(text.splitlines(), start=1):
            words = line.replace("，", " ").replace(",", " ").replace("、", " ").split()
            if not words:
                continue
            try:
                yield self.line(words)
            except forms.ValidationError as error:
                raise forms.ValidationError(f"第 {number} 行：{error.messages[0]}") from error

    def line(self, words: list[str]) -> Any:
        """Return the person and the votes that a line gives."""
        return person_named(words[0]), votes_in(words)


def votes_in(words: list[str]) -> int:
    """Return the one number after the name; invalid when there is none."""
    counts = [word.removesuffix("票") for word in words[1:] if word.removesuffix("票").isdecimal()]
    if len(counts) != 1:
        raise forms.ValidationError("请先写姓名，再写票数。")
    return int(counts[0])
