"""The form of an election known from papers."""

from collections.abc import Iterator
from typing import Any

from django import forms

from congress.bodies.forms.people import PeopleField, person_named
from congress.committees.models import Committee
from congress.elections.services.past_elections import PastCandidate
from congress.sessions.enums import AgendaKind, SittingState
from congress.sessions.models import AgendaItem, Sitting
from congress.voting.forms.past_ballots import PastVoteForm

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
                raise forms.ValidationError(f"第 {number} 行：{error.messages[0]}") from error
            counts = [word.removesuffix("票") for word in words[1:] if word.removesuffix("票").isdecimal()]
            if len(counts) != 1:
                raise forms.ValidationError(f"第 {number} 行：请先写工号，再写票数。")
            marks = "".join(words[1:])
            yield PastCandidate(person, int(counts[0]), elected=_ELECTED in marks, written_in=_WRITTEN_IN in marks)


class PastElectionForm(PastVoteForm):
    """A past election; its committee may be out of office long since."""

    field_order = (
        "sitting", "item", "committee", "seats", "due", "present", "method", "handed_out", "returned", "valid", "void",
        "lines", "source",
    )  # fmt: skip
    sitting = forms.ModelChoiceField(
        label="会议（分大会）",
        queryset=Sitting.objects.filter(session__recorded=True, state=SittingState.CLOSED).select_related(
            "congress__branch", "session"
        ),
        help_text="仅列出补录的会议。",
    )
    item = forms.ModelChoiceField(
        label="议题",
        queryset=AgendaItem.objects.filter(sitting__session__recorded=True, kind=AgendaKind.ELECT),
        required=False,
    )
    committee = forms.ModelChoiceField(label="委员会", queryset=Committee.objects.all())
    seats = forms.IntegerField(label="名额", min_value=1, max_value=200)
    lines = LinesField(
        label="候选人及得票",
        help_text="每行一人：工号 姓名 票数，当选的加“当选”，另选他人的加“另选”。",
    )
