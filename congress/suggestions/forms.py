"""Forms of suggestions, for members and for the office."""

import datetime as dt

from django import forms
from django.utils import timezone

from congress.departments.forms import DepartmentChoice
from congress.petitions.forms import long_words
from congress.sessions.models import Session

ANSWER_DAYS = 30


def _soon() -> dt.date:
    return timezone.localdate() + dt.timedelta(days=ANSWER_DAYS)


class SendForm(forms.Form):
    """To which department, to be answered by when."""

    department = DepartmentChoice()
    due_on = forms.DateField(label="答复期限", widget=forms.DateInput, initial=_soon)


class AnswerForm(forms.Form):
    """An answer in writing."""

    answer = forms.CharField(label="答复", widget=forms.Textarea(attrs={"rows": 8}))
    publish = forms.BooleanField(
        label="向全体会员公开意见建议和答复",
        required=False,
        help_text="提出人姓名始终不公开。",
    )


class GatherForm(forms.Form):
    """The matter that suggestions are about."""

    title = forms.CharField(
        label="组名",
        max_length=100,
        help_text="已有同名的组则归入该组，否则新建一组。",
    )
    session = forms.ModelChoiceField(Session.objects.all(), label="会议", required=False)


class HandInForm(forms.Form):
    """A 金点子: what it is about and what is suggested."""

    title = forms.CharField(
        label="一句话概括",
        max_length=100,
        widget=forms.TextInput(attrs={"placeholder": "例如：走廊灯改为感应灯"}),
    )
    text = long_words(
        "您的建议",
        rows=8,
        help_text="请写明现状、建议做法和预期效果。",
    )
