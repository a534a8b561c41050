"""What the steps of a batch ask for."""

from django import forms


class ListForm(forms.Form):
    """A list of people."""

    file = forms.FileField(label="名单（xlsx 或 csv，含工号、姓名两列）")


class NoticeForm(forms.Form):
    """How long a list is shown, and where besides."""

    workdays = forms.IntegerField(label="公示天数（工作日）", initial=5, min_value=1, max_value=30)
    place = forms.CharField(label="公示地点", max_length=100, required=False, help_text="如校内公告栏、工会网站。")
