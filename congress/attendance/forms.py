"""Forms of the roll, the door and the credentials."""

from django import forms

from congress.bodies.forms.people import PersonForm
from union_portal.base.forms import today


class GuestForm(PersonForm):
    """Somebody who sits in without a vote."""


class CredentialsForm(forms.Form):
    """代表资格审查报告."""

    examined_on = forms.DateField(label="审查日期", widget=forms.DateInput, initial=today)
    text = forms.CharField(label="正文", widget=forms.Textarea(attrs={"rows": 12}))


class DoorForm(forms.Form):
    """A personal code at the door."""

    code = forms.CharField(
        label="个人签到码",
        max_length=20,
        widget=forms.TextInput(
            attrs={
                "inputmode": "numeric",
                "autocomplete": "off",
                "autofocus": True,
                "enterkeyhint": "go",
                "class": "up-door__input",
            }
        ),
    )
