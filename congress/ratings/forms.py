"""Forms of ratings and opinions."""

from typing import Any

from django import forms

from congress.handling.enums import Grade


class RatingForm(forms.Form):
    """满意度 of one reply. `version` is the reply's."""

    grade = forms.ChoiceField(label="您对答复是否满意？", choices=Grade.choices, widget=forms.RadioSelect)
    words = forms.CharField(
        label="文字说明",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="如不满意，请写明还缺什么，将进行二次办理。",
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class OpinionForm(RatingForm):
    """What a joint proposer thinks of the reply."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].help_text = ""
