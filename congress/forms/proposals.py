"""The author's form, and the short answers of seconders, heads of delegations and raters."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from congress.enums import Grade
from congress.models import Proposal, ProposalCategory
from congress.services.authorship import Authorship

LONGEST = 5000


class ProposalForm(forms.Form):
    """One matter: subject, reasons, measures. `version` is the text the author had before him."""

    author = forms.ChoiceField(label=_("proposed as"), widget=forms.RadioSelect)
    title = forms.CharField(
        label=_("subject (案由)"), max_length=100, help_text=_("One matter per proposal, in one sentence.")
    )
    category = forms.ModelChoiceField(
        label=_("category"),
        queryset=ProposalCategory.objects.filter(in_use=True),
        required=False,
        empty_label=_("to be chosen before it is submitted"),
    )
    grounds = forms.CharField(
        label=_("reasons (理由)"),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("What is the matter, whom does it concern, since when."),
    )
    measures = forms.CharField(
        label=_("measures proposed (建议)"),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("What should be done, by whom, until when."),
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
        label=_("reason"), required=False, max_length=200, widget=forms.Textarea(attrs={"rows": 2, "maxlength": 200})
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class RatingForm(forms.Form):
    """满意度 of one reply. `version` is the reply's."""

    grade = forms.ChoiceField(
        label=_("Are you satisfied with the reply?"), choices=Grade.choices, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=_("in words"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("If you are not satisfied, say what is missing; it is handled a second time."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class OpinionForm(RatingForm):
    """What a joint proposer thinks of the reply."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].help_text = ""
