"""Forms for opening votes, for their counting sheets, and for what follows them."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

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
        raise forms.ValidationError(
            _("Nobody in the register has the staff number %(number)s.") % {"number": number}, code="unknown"
        )
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
                raise forms.ValidationError(
                    _("Line %(line)d: %(fault)s") % {"line": number, "fault": error.messages[0]}
                ) from error
            if not self.counted:
                yield person
            elif words[-1].isdecimal() and len(words) > 1:
                yield person, int(words[-1])
            else:
                raise forms.ValidationError(
                    _("Line %(line)d: write the staff number, then the votes.") % {"line": number}
                )


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=gettext_lazy("reason"), max_length=300)


class CountersForm(forms.Form):
    """Who counts and who watches."""

    teller = PersonField(label=gettext_lazy("teller (计票人), staff number"), required=False, max_length=32)
    scrutineer = PersonField(
        label=gettext_lazy("scrutineer (监票人), staff number"),
        required=False,
        max_length=32,
        help_text=gettext_lazy("One of those who vote; confirms the count by the own account or by signature."),
    )


class OpenBallotForm(OwnedMixin, CountersForm):
    """An item to vote on."""

    field_order = ("item", "method", "teller", "scrutineer")
    item = forms.ModelChoiceField(label=gettext_lazy("agenda item"), queryset=AgendaItem.objects.none())
    method = forms.ChoiceField(label=gettext_lazy("method"), choices=BallotMethod.choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "item", self._own(_pending().exclude(kind=AgendaKind.ELECT)))


class OpenElectionForm(OwnedMixin, CountersForm):
    """A committee to elect, and who stands."""

    field_order = ("sitting", "item", "committee", "seats", "min_surplus", "people", "method", "teller", "scrutineer")
    sitting = forms.ModelChoiceField(label=gettext_lazy("sitting"), queryset=Sitting.objects.none())
    item = forms.ModelChoiceField(label=gettext_lazy("agenda item"), queryset=AgendaItem.objects.none(), required=False)
    committee = forms.ModelChoiceField(label=gettext_lazy("committee"), queryset=Committee.objects.none())
    seats = forms.IntegerField(label=gettext_lazy("seats"), min_value=1, max_value=200)
    min_surplus = forms.IntegerField(
        label=gettext_lazy("more candidates than seats, at least (%)"), min_value=0, max_value=100, initial=5
    )
    people = PeopleField(
        label=gettext_lazy("candidates"),
        help_text=gettext_lazy(
            "One a line: staff number, then the name if you like. Names stand in the order of strokes."
        ),
    )
    method = forms.ChoiceField(label=gettext_lazy("method"), choices=BallotMethod.choices, initial=BallotMethod.PAPER)

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

    handed_out = _count(gettext_lazy("papers handed out"))
    returned = _count(gettext_lazy("papers returned"))
    valid = _count(gettext_lazy("valid papers"))
    void = _count(gettext_lazy("void papers"))


def papers_of(data: dict[str, Any]) -> Papers | None:
    """Take the papers out of a form's data; None for a show of hands."""
    names = ("handed_out", "returned", "valid", "void")
    counts = [data.pop(name, None) for name in names]
    return None if None in counts else Papers(*counts)


def ballot_count_form(_admin: Any, _request: Any, ballot: Ballot) -> type[forms.Form]:
    """Return the counting sheet of a ballot."""
    base = PapersForm if ballot.method == BallotMethod.PAPER else CountersForm

    class Form(base):  # type: ignore[valid-type,misc]
        votes_for = _count(pgettext_lazy("ballot", "for"))
        votes_against = _count(pgettext_lazy("ballot", "against"))
        abstained = _count(pgettext_lazy("ballot", "abstained"))
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
                label=_("written in (另选人)"),
                help_text=_("One a line: staff number, then the votes."),
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
        label=gettext_lazy("signed counting sheet"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Number or file of the sheet the scrutineer signed; the scrutineer leaves it empty."),
    )


class ApprovalForm(forms.Form):
    """The higher union's approval."""

    on = forms.DateField(label=gettext_lazy("approved on"), widget=forms.DateInput)
    document = forms.CharField(label=gettext_lazy("approval (批复)"), max_length=200)
    begins_on = forms.DateField(
        label=gettext_lazy("offices begin on"),
        widget=forms.DateInput,
        required=False,
        help_text=gettext_lazy("Empty: on the day of the approval."),
    )
