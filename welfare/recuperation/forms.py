"""What the steps of a batch ask for."""

from django import forms


class ListForm(forms.Form):
    """A list of people."""

    file = forms.FileField(label="名单（xlsx 或 csv，含工号、姓名两列）")
