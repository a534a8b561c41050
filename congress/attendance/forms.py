"""Forms of the door and the credentials."""

from django import forms

from congress.attendance.models import CredentialsReport
from union_portal.base.forms import fields_of

CredentialsForm = type(
    "CredentialsForm",
    (forms.Form,),
    fields_of(
        CredentialsReport,
        fields=("examined_on", "text"),
        widgets={"text": forms.Textarea(attrs={"rows": 12})},
    ),
)


class DoorForm(forms.Form):
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
