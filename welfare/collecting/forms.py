"""What is asked for those who are ticked."""

from django import forms

from members.people.forms import PersonField
from union_portal.base.forms import DayField, today, words_field


class TickForm(forms.Form):
    """The day, and who collected it for those who are ticked."""

    on = DayField(label="领取日期", initial=today)
    received_by = PersonField(
        label="代领人", required=False, help_text="由一人代领时才填，登记到所有勾选的人员；可输姓名、工号或拼音。"
    )


class UndoForm(forms.Form):
    """Why the marks of those who are ticked are taken back."""

    why = words_field(label="撤销原因", max_length=200, rows=2)
