"""Forms of suggestions, for members and for the office."""

from django import forms
from django.forms.models import fields_for_model

from congress.petitions.forms import long_words
from congress.suggestions.models import Suggestion, SuggestionGroup

_GROUPED = {"title": "已有同名的组则归入该组，否则新建一组。"}
AnswerForm = type(
    "AnswerForm", (forms.Form,), fields_for_model(Suggestion, fields=("answer", "reply_kind", "published"))
)
GatherForm = type(
    "GatherForm", (forms.Form,), fields_for_model(SuggestionGroup, fields=("title", "session"), help_texts=_GROUPED)
)


class HandInForm(forms.Form):
    """A 金点子: what it is about and what is suggested."""

    title = forms.CharField(
        label="一句话概括",
        max_length=100,
        widget=forms.TextInput(attrs={"placeholder": "例如：走廊灯改为感应灯"}),
    )
    text = long_words("您的建议", rows=8, help_text="请写明现状、建议做法和预期效果。")
