"""What is asked for those who are ticked."""

from typing import Any

from django import forms

from members.people.models import Person
from union_portal.base.forms import day_field, today, words_field


class OnBehalfField(forms.CharField):
    """Who collected it for the others, by staff number or by a name that one person has."""

    def clean(self, value: Any) -> Any:
        """Return the person, or None for an empty field."""
        word = super().clean(value).partition(" ")[0]
        if not word:
            return None
        found = Person.objects.filter(staff_number=word)[:2] or Person.objects.filter(name=word)[:2]
        if len(found) != 1:
            raise forms.ValidationError("有多人同名，请填写工号。" if found else "登记中没有这个工号或姓名，请核对。")
        return found[0]


class TickForm(forms.Form):
    """The day, and who collected it for those who are ticked."""

    on = day_field(label="领取日期", initial=today)
    received_by = OnBehalfField(
        label="代领人", required=False, max_length=64, help_text="由一人代领时填写工号或姓名，登记到所有勾选的人员。"
    )


class UndoForm(forms.Form):
    """Why the marks of those who are ticked are taken back."""

    why = words_field(label="撤销原因", max_length=200, rows=2)
