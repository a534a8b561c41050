"""The form of a proposal and of words to its author."""

from collections.abc import Sequence
from typing import Any

from django import forms

from congress.drives.models import ProposalCategory
from congress.proposals.models import Proposal
from congress.proposals.services.authorship import Authorship

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
            # Of one drive its name is said once, below the choice.
            drives = {str(way.drive) for way in ways}
            author.choices = [(way.key, str(way) if len(drives) > 1 else way.in_its_drive) for way in ways]
            author.help_text = f"提交{drives.pop()}。" if len(drives) == 1 else ""
            if len(ways) == 1:
                author.initial = ways[0].key
                author.widget = forms.HiddenInput()


class WordsForm(forms.Form):
    """Words that go with a step: why it is declined, returned, withdrawn. `version` is the text that was read."""

    why = forms.CharField(
        label="原因", required=False, max_length=200, widget=forms.Textarea(attrs={"rows": 2, "maxlength": 200})
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
