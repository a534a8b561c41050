"""Forms for opening votes, for their counting sheets, and for what follows them."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils import timezone

from congress.enums import AgendaKind, AgendaOutcome, BallotMethod, BallotState, SittingState
from congress.forms.owned import OwnedMixin
from congress.models import AgendaItem, Ballot, Committee, Election, Sitting
from congress.services.counting import Papers
from members.models import Person


class PersonField(forms.CharField):
    """A person by staff number; empty is nobody."""

    def clean(self, value: Any) -> Any:
        """Return the person."""
        number = str(super().clean(value) or "").strip()
        return person_named(number) if number else None


def person_named(number: str) -> Person:
    """Return the person with the staff number; invalid when nobody has it."""
    person: Person | None = Person.objects.filter(staff_number=number).first()
    if person is None:
        raise forms.ValidationError(f"人员库中没有工号{number}。", code="unknown")
    return person


class PeopleField(forms.CharField):
    """People by staff number, one a line; what follows the number is for the reader. With `counted` votes follow it."""

    def __init__(self, *, counted: bool = False, **options: Any) -> None:
        self.counted = counted
        super().__init__(widget=forms.Textarea(attrs={"rows": 4 if counted else 8}), **options)

    def clean(self, value: Any) -> Any:
        """Return the people, or pairs of person and votes."""
        return list(self._lines(str(super().clean(value) or "")))

    def _lines(self, text: str) -> Iterator[Any]:
        for number, line in enumerate(text.splitlines(), start=1):
            words = line.replace("，", " ").replace(",", " ").split()
            if not words:
                continue
            try:
                person = person_named(words[0])
            except forms.ValidationError as error:
                raise forms.ValidationError(f"第 {number} 行：{error.messages[0]}") from error
            if not self.counted:
                yield person
            elif words[-1].isdecimal() and len(words) > 1:
                yield person, int(words[-1])
            else:
                raise forms.ValidationError(f"第 {number} 行：请先写工号，再写票数。")


class ReasonForm(forms.Form):
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


class OpenBallotForm(OwnedMixin, CountersForm):
    """An item to vote on."""

    field_order = ("item", "method", "teller", "scrutineer")
    item = forms.ModelChoiceField(label="议题", queryset=AgendaItem.objects.none())
    method = forms.ChoiceField(label="表决方式", choices=BallotMethod.choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "item", self._own(_pending().exclude(kind=AgendaKind.ELECT)))


class OpenElectionForm(OwnedMixin, CountersForm):
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
        offer(self, "item", self._own(_pending().filter(kind=AgendaKind.ELECT)))
        offer(self, "committee", self._own(Committee.objects.standing(on=timezone.localdate())))


def _pending() -> Any:
    items = AgendaItem.objects.filter(sitting__state=SittingState.OPEN, outcome=AgendaOutcome.PENDING)
    return items.exclude(ballots__state__in=[BallotState.OPEN, BallotState.COUNTED]).distinct()


def offer(form: forms.Form, name: str, rows: Any) -> None:
    """Let the field choose among the rows."""
    field = form.fields[name]
    if isinstance(field, forms.ModelChoiceField):
        field.queryset = rows


def _count(label: Any, **options: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=100_000, **options)


class PapersForm(CountersForm):
    """The papers of a vote."""

    handed_out = _count("发出票数")
    returned = _count("收回票数")
    valid = _count("有效票")
    void = _count("无效票")


def papers_of(data: dict[str, Any]) -> Papers | None:
    """Take the papers out of a form's data; None for a show of hands."""
    names = ("handed_out", "returned", "valid", "void")
    counts = [data.pop(name, None) for name in names]
    return None if None in counts else Papers(*counts)


def ballot_count_form(_admin: Any, _request: Any, ballot: Ballot) -> type[forms.Form]:
    """Return the counting sheet of a ballot."""
    base = PapersForm if ballot.method == BallotMethod.PAPER else CountersForm

    class Form(base):  # type: ignore[valid-type,misc]
        votes_for = _count("同意")
        votes_against = _count("不同意")
        abstained = _count("弃权")
        field_order = (
            "handed_out", "returned", "valid", "void", "votes_for", "votes_against", "abstained", "teller",
            "scrutineer",
        )  # fmt: skip

    return Form


def election_count_form(_admin: Any, _request: Any, election: Election) -> type[forms.Form]:
    """Return the counting sheet of an election: one field for each candidate, in the order of strokes."""
    base = PapersForm if election.method == BallotMethod.PAPER else CountersForm

    class Form(base):  # type: ignore[valid-type,misc]
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            for one in election.candidates.filter(written_in=False).select_related("person"):
                self.fields[f"votes_{one.pk}"] = _count(str(one.person))
            self.fields["written_in"] = PeopleField(
                counted=True,
                required=False,
                label="另选人",
                help_text="每行一人：工号，后面写票数。",
            )

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
