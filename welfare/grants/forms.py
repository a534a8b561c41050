"""What whoever approves says to have seen."""

from django import forms


class SeenForm(forms.Form):
    """The answers to the warnings, which the approval confirms."""

    warnings_seen = forms.BooleanField(label="我已核对超标提醒的理由和决定文件，予以确认")
