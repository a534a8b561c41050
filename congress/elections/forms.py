"""Forms of elections: who stands, the count, the higher union's approval, and elections known from papers."""

from typing import Any

from django import forms
from django.utils import timezone

from congress.bodies.forms.people import CountedPeopleField, person_named, votes_in
from congress.bodies.forms.scope import RunByUserMixin
from congress.committees.models import Committee
from congress.elections.models import Election
from congress.elections.services.elections import PastCandidate
from congress.sessions.enums import AgendaKind, SittingState
from congress.sessions.models import AgendaItem, Sitting
from congress.voting.enums import BallotMethod
from congress.voting.forms import CountersForm, PapersForm, PastVoteForm, count_field, offer, pending_items
from congress.voting.services.counting import NO_PAPERS
from members.people.forms import PeopleField
from members.people.models import Person
from union_portal.base.forms import DayField


class OpenElectionForm(RunByUserMixin, CountersForm):
    """A committee to elect, and who stands."""

    field_order = ("sitting", "item", "committee", "seats", "min_surplus", "people", "method", "teller", "scrutineer")
    sitting = forms.ModelChoiceField(label="会议（分大会）", queryset=Sitting.objects.none())
    item = forms.ModelChoiceField(label="议题", queryset=AgendaItem.objects.none(), required=False)
    committee = forms.ModelChoiceField(label="委员会", queryset=Committee.objects.none())
    seats = count_field("名额", min_value=1, max_value=200)
    min_surplus = count_field("差额比例不低于（%）", max_value=100, initial=5)
    people = PeopleField(label="候选人", listed="living", help_text="逐个输入姓名或拼音选取。选票上按姓氏笔画排列。")
    method = forms.TypedChoiceField(
        label="表决方式", choices=BallotMethod.choices, initial=BallotMethod.PAPER, coerce=BallotMethod
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sittings = Sitting.objects.filter(state=SittingState.OPEN)
        offer(self, "sitting", self._own(sittings.select_related("congress__branch", "session")))
        offer(self, "item", self._own(pending_items().filter(kind=AgendaKind.ELECT)))
        offer(self, "committee", self._own(Committee.objects.standing(on=timezone.localdate())))

    def clean_people(self) -> list[Person]:
        """Return who stands, by strokes."""
        return list(self.cleaned_data["people"].by_strokes())


def election_count_form(election: Election) -> type[forms.Form]:
    """Return the counting sheet of an election: one field for each candidate, in the order of strokes."""
    base = PapersForm if election.method == BallotMethod.PAPER else CountersForm
    rows = election.candidates.filter(written_in=False).select_related("person")
    votes: dict[str, Any] = {f"votes_{one.pk}": count_field(str(one.person)) for one in rows}
    written_in = CountedPeopleField(
        required=False, label="另选人", help_text="每行一人：姓名，空一格写票数；同名的把姓名换成工号。"
    )
    return type("CountForm", (base,), {**votes, "written_in": written_in})


class ApprovalForm(forms.Form):
    """The higher union's approval."""

    on = DayField(label="批复日期")
    document = forms.CharField(label="批复", max_length=200)
    begins_on = DayField(label="任职开始日期", required=False, help_text="不填则为批复当日。")


class LinesField(CountedPeopleField):
    """One candidate a line: the name, votes, then 当选 and 另选 where they hold."""

    def line(self, words: list[str]) -> PastCandidate:
        """Return the candidate that a line gives."""
        marks = "".join(words[1:])
        return PastCandidate(
            person_named(words[0]), votes_in(words), elected="当选" in marks, written_in="另选" in marks
        )


class PastElectionForm(PastVoteForm):
    """A past election; its committee may be out of office long since."""

    field_order = ("sitting", "item", "committee", "seats", "due", "present", "method", *NO_PAPERS, "lines", "source")
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
    seats = count_field("名额", min_value=1, max_value=200)
    lines = LinesField(
        label="候选人及得票",
        help_text="每行一人：姓名 票数，当选的加“当选”，另选他人的加“另选”；同名的把姓名换成工号。",
    )
