"""Forms of counting sheets, as they are opened, counted and confirmed, or known from papers."""

from typing import Any

from django import forms

from congress.bodies.forms.scope import RunByUserMixin
from congress.sessions.enums import AgendaKind, AgendaOutcome, SittingState
from congress.sessions.models import AgendaItem
from congress.voting.enums import BallotMethod, BallotState
from congress.voting.services.counting import NO_PAPERS, Papers
from members.people.forms import PersonField

LIVING = [BallotState.OPEN, BallotState.COUNTED, BallotState.CONFIRMED]


def count_field(label: str, **options: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, **{"min_value": 0, "max_value": 100_000, **options})


class WhyForm(forms.Form):
    """Why."""

    why = forms.CharField(label="原因", max_length=300)


class CountersForm(forms.Form):
    """Who counts and who watches."""

    teller = PersonField(label="计票人", required=False, listed="living")
    scrutineer = PersonField(
        label="监票人",
        required=False,
        listed="living",
        help_text="须为本次会议有表决权的代表；在手机上确认计票单，或在纸质计票单上签字。",
    )


class PapersForm(CountersForm):
    """The papers of a vote."""

    handed_out = count_field("发出票数")
    returned = count_field("收回票数")
    valid = count_field("有效票")
    void = count_field("无效票")


class VotesForm(forms.Form):
    """The votes of a ballot."""

    votes_for = count_field("同意")
    votes_against = count_field("不同意")
    abstained = count_field("弃权")


def pending_items() -> Any:
    items = AgendaItem.objects.filter(sitting__state=SittingState.OPEN, outcome=AgendaOutcome.PENDING)
    return items.exclude(ballots__state__in=LIVING[:2]).distinct()


def offer(form: forms.Form, name: str, rows: Any) -> None:
    """Let the field choose among the rows."""
    field: Any = form.fields[name]
    field.queryset = rows


class OpenBallotForm(RunByUserMixin, CountersForm):
    """An item to vote on."""

    field_order = ("item", "method", "teller", "scrutineer")
    item = forms.ModelChoiceField(label="议题", queryset=AgendaItem.objects.none())
    method = forms.TypedChoiceField(label="表决方式", choices=BallotMethod.choices, coerce=BallotMethod)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "item", self._own(pending_items().exclude(kind=AgendaKind.ELECT)))


def opening_form(base: type[forms.Form]) -> Any:
    """Return a function that fills the form's choices from the address, as links on the session's page name them."""

    def form(_admin: Any, request: Any, _subject: Any) -> type[forms.Form]:
        class Form(base):  # type: ignore[misc,valid-type]
            user = request.user

            def __init__(self, *args: Any, **kwargs: Any) -> None:
                super().__init__(*args, **kwargs)
                for name in ("item", "sitting", "committee"):
                    if name in self.fields and request.GET.get(name, "").isdecimal():
                        self.fields[name].initial = request.GET[name]

        return Form

    return form


def papers_of(data: dict[str, Any]) -> Papers | None:
    """Take the papers out of a form's data; None for a show of hands."""
    counts = [data.pop(name, None) for name in NO_PAPERS]
    return None if None in counts else Papers(*counts)


def ballot_count_form(_admin: Any, _request: Any, ballot: Any) -> type[forms.Form]:
    """Return the counting sheet of a ballot."""
    base = PapersForm if ballot.method == BallotMethod.PAPER else CountersForm
    order = (*NO_PAPERS, *VotesForm.base_fields, *CountersForm.base_fields)
    return type("CountForm", (VotesForm, base), {"field_order": order})


def counters_initial(sheet: Any) -> dict[str, Any]:
    """Fill in the counters named at the opening."""
    named = {"teller": sheet.teller, "scrutineer": sheet.scrutineer}
    return {name: person.pk for name, person in named.items() if person is not None}


class ConfirmForm(forms.Form):
    """The word of a second person."""

    signed_sheet = forms.CharField(
        label="签字计票单",
        max_length=200,
        required=False,
        help_text="监票人签字的计票单编号或档号；监票人本人确认时不填。",
    )


class PastVoteForm(RunByUserMixin, forms.Form):
    """A vote known from papers."""

    due = count_field("应到人数", min_value=1)
    present = count_field("实到人数")
    method = forms.TypedChoiceField(
        label="表决方式", choices=BallotMethod.choices, initial=BallotMethod.PAPER, coerce=BallotMethod
    )
    handed_out = count_field("发出票数", required=False)
    returned = count_field("收回票数", required=False)
    valid = count_field("有效票", required=False)
    void = count_field("无效票", required=False, help_text="四个数须全部填写，或全部留空。")
    source = forms.CharField(label="来源", max_length=200, help_text="会议纪要、档案或年鉴。")

    def clean(self) -> dict[str, Any] | None:
        """Ask for the papers wholly or not at all."""
        data = super().clean()
        counts = [self.cleaned_data.get(name) for name in NO_PAPERS]
        if None in counts and any(count is not None for count in counts):
            self.add_error("void", "发出、收回、有效、无效四个票数须全部填写，或全部留空。")
        return data


class PastBallotForm(PastVoteForm, VotesForm):
    """A past ballot."""

    field_order = ("item", "due", "present", "method", *NO_PAPERS, *VotesForm.base_fields, "source")
    item = forms.ModelChoiceField(
        label="议题",
        queryset=AgendaItem.objects.filter(sitting__session__recorded=True)
        .exclude(kind=AgendaKind.ELECT)
        .exclude(ballots__state__in=LIVING),
        help_text="仅列出补录会议的议题。",
    )
