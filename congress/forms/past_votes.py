"""Forms for ballots and elections of sessions held before the portal, with what the papers say."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from congress.enums import AgendaKind, BallotMethod, BallotState, SittingState
from congress.forms.owned import OwnedMixin
from congress.forms.voting import PeopleField, person_named
from congress.models import AgendaItem, Committee, Sitting
from congress.services.past_votes import Line

_ELECTED, _WRITTEN_IN = "当选", "另选"


class LinesField(PeopleField):
    """One candidate a line: staff number, the name if you like, votes, then 当选 and 另选 where they hold."""

    def _lines(self, text: str) -> Iterator[Any]:
        for number, line in enumerate(text.splitlines(), start=1):
            words = line.replace("，", " ").replace(",", " ").replace("、", " ").split()
            if not words:
                continue
            try:
                person = person_named(words[0])
            except forms.ValidationError as error:
                raise forms.ValidationError(
                    _("Line %(line)d: %(fault)s") % {"line": number, "fault": error.messages[0]}
                ) from error
            counts = [word.removesuffix("票") for word in words[1:] if word.removesuffix("票").isdecimal()]
            if len(counts) != 1:
                raise forms.ValidationError(
                    _("Line %(line)d: write the staff number, then the votes.") % {"line": number}
                )
            marks = "".join(words[1:])
            yield Line(person, int(counts[0]), elected=_ELECTED in marks, written_in=_WRITTEN_IN in marks)


def _count(label: Any, **options: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=100_000, **options)


class _PastForm(OwnedMixin, forms.Form):
    due = forms.IntegerField(label=gettext_lazy("due (应到)"), min_value=1, max_value=100_000)
    present = _count(gettext_lazy("present (实到)"))
    method = forms.ChoiceField(label=gettext_lazy("method"), choices=BallotMethod.choices, initial=BallotMethod.PAPER)
    handed_out = _count(gettext_lazy("papers handed out"), required=False)
    returned = _count(gettext_lazy("papers returned"), required=False)
    valid = _count(gettext_lazy("valid papers"), required=False)
    void = _count(
        gettext_lazy("void papers"),
        required=False,
        help_text=gettext_lazy("All four, or none."),
    )
    source = forms.CharField(
        label=gettext_lazy("source"), max_length=200, help_text=gettext_lazy("Minutes, file or yearbook.")
    )

    def clean(self) -> dict[str, Any] | None:
        """Ask for the papers wholly or not at all."""
        data = super().clean()
        counts = [self.cleaned_data.get(name) for name in ("handed_out", "returned", "valid", "void")]
        if None in counts and any(count is not None for count in counts):
            self.add_error("void", _("Enter all four numbers of the papers, or none."))
        return data


class PastBallotForm(_PastForm):
    """A past ballot."""

    field_order = (
        "item", "due", "present", "method", "handed_out", "returned", "valid", "void", "votes_for", "votes_against",
        "abstained", "source",
    )  # fmt: skip
    item = forms.ModelChoiceField(
        label=gettext_lazy("agenda item"),
        queryset=AgendaItem.objects.filter(sitting__session__recorded=True)
        .exclude(kind=AgendaKind.ELECT)
        .exclude(ballots__state__in=[BallotState.OPEN, BallotState.COUNTED, BallotState.CONFIRMED]),
        help_text=gettext_lazy("Items of sessions that were recorded afterwards."),
    )
    votes_for = _count(pgettext_lazy("ballot", "for"))
    votes_against = _count(pgettext_lazy("ballot", "against"))
    abstained = _count(pgettext_lazy("ballot", "abstained"))


class PastElectionForm(_PastForm):
    """A past election; its committee may be out of office long since."""

    field_order = (
        "sitting", "item", "committee", "seats", "due", "present", "method", "handed_out", "returned", "valid", "void",
        "lines", "source",
    )  # fmt: skip
    sitting = forms.ModelChoiceField(
        label=gettext_lazy("sitting"),
        queryset=Sitting.objects.filter(session__recorded=True, state=SittingState.CLOSED).select_related(
            "congress__branch", "session"
        ),
        help_text=gettext_lazy("Sessions that were recorded afterwards."),
    )
    item = forms.ModelChoiceField(
        label=gettext_lazy("agenda item"),
        queryset=AgendaItem.objects.filter(sitting__session__recorded=True, kind=AgendaKind.ELECT),
        required=False,
    )
    committee = forms.ModelChoiceField(label=gettext_lazy("committee"), queryset=Committee.objects.all())
    seats = forms.IntegerField(label=gettext_lazy("seats"), min_value=1, max_value=200)
    lines = LinesField(
        label=gettext_lazy("candidates and votes"),
        help_text=gettext_lazy(
            "One a line: staff number, name, votes; then 当选 for who was elected, 另选 for who was written in."
        ),
    )
