"""The form of a committee's meeting."""

from typing import Any

from django import forms

from congress.committees.models import Meeting


class MeetingForm(forms.ModelForm[Meeting]):
    """Asks which number a meeting bears that is entered after later ones."""

    def clean(self) -> dict[str, Any] | None:
        data = super().clean() or self.cleaned_data
        committee, held_on = data.get("committee"), data.get("held_on")
        if self.instance.pk or not committee or not held_on or data.get("number"):
            return data
        if Meeting(committee=committee, held_on=held_on).number_by_day() is None:
            later = committee.meetings.filter(held_on__gt=held_on).exclude(number=None).order_by("held_on").first()
            told = f"{later.held_on} 的会议已编为第 {later.number} 次；请填写本次的编号，或先更正其后各次的编号。"
            self.add_error("number", told)
        return data
