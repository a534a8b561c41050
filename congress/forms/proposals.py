"""The author's form, and the short answers of seconders, heads of delegations and raters."""

from collections.abc import Sequence
from typing import Any

from django import forms

from congress.enums import Grade
from congress.models import Proposal, ProposalCategory
from congress.services.authorship import Authorship

LONGEST = 5000


class ProposalForm(forms.Form):
    """One matter: subject, reasons, measures. `version` is the text the author had before him."""

    author = forms.ChoiceField(label="提案身份", widget=forms.RadioSelect)
    title = forms.CharField(label="案由", max_length=100, help_text="一事一案，用一句话写明。")
    category = forms.ModelChoiceField(
        label="类别",
        queryset=ProposalCategory.objects.filter(in_use=True),
        required=False,
        empty_label="提交前须选择",
    )
    grounds = forms.CharField(
        label="理由",
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="写明问题、涉及范围和持续时间。",
    )
    measures = forms.CharField(
        label="建议措施",
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="写明具体措施、建议由谁办理、何时完成。",
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, ways: Sequence[Authorship] = (), proposal: Proposal | None = None, **kwargs: Any
    ) -> None:
        if proposal is not None:
            kwargs["initial"] = {
                name: getattr(proposal, name) for name in ("title", "category", "grounds", "measures", "version")
            }
        super().__init__(*args, **kwargs)
        author = self.fields["author"]
        if proposal is not None:
            del self.fields["author"]
        elif isinstance(author, forms.ChoiceField):
            author.choices = [(way.key, str(way)) for way in ways]
            if len(ways) == 1:
                author.initial = ways[0].key
                author.widget = forms.HiddenInput()


class WordsForm(forms.Form):
    """Words that go with a step: why it is declined, returned, withdrawn. `version` is the text that was read."""

    why = forms.CharField(
        label="原因", required=False, max_length=200, widget=forms.Textarea(attrs={"rows": 2, "maxlength": 200})
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


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
