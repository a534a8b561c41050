"""Forms of elections and of the higher union's approval."""

from typing import Any

from django import forms
from django.utils import timezone

from congress.bodies.forms.people import PeopleField
from congress.bodies.forms.scope import RunByUserMixin
from congress.committees.models import Committee
from congress.elections.models import Election
from congress.sessions.enums import AgendaKind, SittingState
from congress.sessions.models import AgendaItem, Sitting
from congress.voting.enums import BallotMethod
from congress.voting.forms.counting import CountersForm, PapersForm, count_field, offer, pending_items


class OpenElectionForm(RunByUserMixin, CountersForm):
    """A committee to elect, and who stands."""

    field_order = ("sitting", "item", "committee", "seats", "min_surplus", "people", "method", "teller", "scrutineer")
    sitting = forms.ModelChoiceField(label="会议（分大会）", queryset=Sitting.objects.none())
    item = forms.ModelChoiceField(label="议题", queryset=AgendaItem.objects.none(), required=False)
    committee = forms.ModelChoiceField(label="委员会", queryset=Committee.objects.none())
    seats = forms.IntegerField(label="名额", min_value=1, max_value=200)
    min_surplus = forms.IntegerField(label="差额比例不低于（%）", min_value=0, max_value=100, initial=5)
    people = PeopleField(
        label="候选人",
        help_text="每行一人：工号，后面可写姓名。选票上按姓氏笔画排列。",
    )
    method = forms.ChoiceField(label="表决方式", choices=BallotMethod.choices, initial=BallotMethod.PAPER)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sittings = Sitting.objects.filter(state=SittingState.OPEN)
        offer(self, "sitting", self._own(sittings.select_related("congress__branch", "session")))
        offer(self, "item", self._own(pending_items().filter(kind=AgendaKind.ELECT)))
        offer(self, "committee", self._own(Committee.objects.standing(on=timezone.localdate())))


def election_count_form(_admin: Any, _request: Any, election: Election) -> type[forms.Form]:
    """Return the counting sheet of an election: one field for each candidate, in the order of strokes."""
    base = PapersForm if election.method == BallotMethod.PAPER else CountersForm

    class Form(base):  # type: ignore[valid-type,misc]
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            for one in election.candidates.filter(written_in=False).select_related("person"):
                self.fields[f"votes_{one.pk}"] = count_field(str(one.person))
            self.fields["written_in"] = PeopleField(
                counted=True,
                required=False,
                label="另选人",
                help_text="每行一人：工号，后面写票数。",
            )

    return Form


class ApprovalForm(forms.Form):
    """The higher union's approval."""

    on = forms.DateField(label="批复日期", widget=forms.DateInput)
    document = forms.CharField(label="批复", max_length=200)
    begins_on = forms.DateField(
        label="任职开始日期",
        widget=forms.DateInput,
        required=False,
        help_text="不填则为批复当日。",
    )
