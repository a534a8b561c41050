"""Forms of counting sheets."""

from typing import Any

from django import forms

from congress.bodies.forms.people import PersonField
from congress.bodies.forms.scope import RunByUserMixin
from congress.sessions.enums import AgendaKind, AgendaOutcome, SittingState
from congress.sessions.models import AgendaItem
from congress.voting.enums import BallotMethod, BallotState
from congress.voting.models import Ballot
from congress.voting.services.counting import Papers


class RecountForm(forms.Form):
    """Why."""

    reason = forms.CharField(label="原因", max_length=300)


class CountersForm(forms.Form):
    """Who counts and who watches."""

    teller = PersonField(label="计票人工号", required=False, max_length=32)
    scrutineer = PersonField(
        label="监票人工号",
        required=False,
        max_length=32,
        help_text="须为本次会议有表决权的代表；在手机上确认计票单，或在纸质计票单上签字。",
    )


class OpenBallotForm(RunByUserMixin, CountersForm):
    """An item to vote on."""

    field_order = ("item", "method", "teller", "scrutineer")
    item = forms.ModelChoiceField(label="议题", queryset=AgendaItem.objects.none())
    method = forms.ChoiceField(label="表决方式", choices=BallotMethod.choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "item", self._own(pending_items().exclude(kind=AgendaKind.ELECT)))


def pending_items() -> Any:
    items = AgendaItem.objects.filter(sitting__state=SittingState.OPEN, outcome=AgendaOutcome.PENDING)
    return items.exclude(ballots__state__in=[BallotState.OPEN, BallotState.COUNTED]).distinct()


def offer(form: forms.Form, name: str, rows: Any) -> None:
    """Let the field choose among the rows."""
    field = form.fields[name]
    if isinstance(field, forms.ModelChoiceField):
        field.queryset = rows


def count_field(label: Any, **options: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=100_000, **options)


class PapersForm(CountersForm):
    """The papers of a vote."""

    handed_out = count_field("发出票数")
    returned = count_field("收回票数")
    valid = count_field("有效票")
    void = count_field("无效票")


def papers_of(data: dict[str, Any]) -> Papers | None:
    """Take the papers out of a form's data; None for a show of hands."""
    names = ("handed_out", "returned", "valid", "void")
    counts = [data.pop(name, None) for name in names]
    return None if None in counts else Papers(*counts)


def ballot_count_form(_admin: Any, _request: Any, ballot: Ballot) -> type[forms.Form]:
    """Return the counting sheet of a ballot."""
    base = PapersForm if ballot.method == BallotMethod.PAPER else CountersForm

    class Form(base):  # type: ignore[valid-type,misc]
        votes_for = count_field("同意")
        votes_against = count_field("不同意")
        abstained = count_field("弃权")
        field_order = (
            "handed_out", "returned", "valid", "void", "votes_for", "votes_against", "abstained", "teller",
            "scrutineer",
        )  # fmt: skip

    return Form


def counters_initial(sheet: Any) -> dict[str, Any]:
    """Fill in the counters named at the opening."""
    return {
        name: person.staff_number
        for name, person in (("teller", sheet.teller), ("scrutineer", sheet.scrutineer))
        if person is not None
    }


class ConfirmForm(forms.Form):
    """The word of a second person."""

    signed_sheet = forms.CharField(
        label="签字计票单",
        max_length=200,
        required=False,
        help_text="监票人签字的计票单编号或档号；监票人本人确认时不填。",
    )
