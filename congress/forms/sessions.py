"""Forms for sessions, their roll, presidium, credentials and agenda."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from congress.enums import AgendaKind, AgendaOutcome, Body, PresidiumPost, SessionKind
from congress.forms.bodies import PersonForm, today
from congress.forms.owned import OwnedMixin
from congress.models import AgendaItem, Congress, Session
from congress.services.sessions import Part
from members.models import Person


class DetailsForm(forms.Form):
    """Days and place of a session that exists."""

    title = forms.CharField(label=_("title"), max_length=100)
    kind = forms.ChoiceField(label=_("kind"), choices=SessionKind.choices)
    convened_on = forms.DateField(label=_("convened on"), widget=forms.DateInput)
    ends_on = forms.DateField(label=_("ends"), widget=forms.DateInput, required=False)
    place = forms.CharField(label=_("place"), max_length=100, required=False)


def _terms(body: Body) -> Any:
    """Return the body's terms, the latest first; each form narrows them to those its user runs."""
    return Congress.objects.filter(body=body).select_related("branch")


class ConveneForm(OwnedMixin, forms.ModelForm[Session]):
    """A session of one body or of two; the title follows from them where left empty."""

    title = forms.CharField(
        label=_("title"),
        max_length=100,
        required=False,
        help_text=_("Left empty, it is made of the bodies and their numbers."),
    )
    staff = forms.ModelChoiceField(label=_("staff congress"), queryset=_terms(Body.STAFF), required=False)
    union = forms.ModelChoiceField(label=_("union members' congress"), queryset=_terms(Body.UNION), required=False)

    class Meta:
        model = Session
        fields = ("title", "kind", "convened_on", "ends_on", "place")

    field_order = ("staff", "union", "convened_on", "ends_on", "kind", "place", "title")

    def clean(self) -> dict[str, Any] | None:
        """Ask for at least one body."""
        data = super().clean()
        if not self.cleaned_data.get("staff") and not self.cleaned_data.get("union"):
            self.add_error("staff", _("Choose the body that sits, or both of a joint session."))
        return data

    def parts(self) -> list[Part]:
        """Return the bodies that sit."""
        return [Part(self.cleaned_data[key]) for key in ("staff", "union") if self.cleaned_data.get(key)]


class RecordForm(OwnedMixin, forms.Form):
    """补录: a session held before the portal, with what its papers say of 应到 and 实到."""

    staff = forms.ModelChoiceField(label=_("staff congress"), queryset=_terms(Body.STAFF), required=False)
    staff_number = forms.IntegerField(label=_("staff congress: number of its session"), min_value=1, required=False)
    staff_due = forms.IntegerField(label=_("staff congress: due (应到)"), min_value=1, required=False)
    staff_present = forms.IntegerField(label=_("staff congress: present (实到)"), min_value=0, required=False)
    union = forms.ModelChoiceField(label=_("union members' congress"), queryset=_terms(Body.UNION), required=False)
    union_number = forms.IntegerField(
        label=_("union members' congress: number of its session"), min_value=1, required=False
    )
    union_due = forms.IntegerField(label=_("union members' congress: due (应到)"), min_value=1, required=False)
    union_present = forms.IntegerField(label=_("union members' congress: present (实到)"), min_value=0, required=False)
    convened_on = forms.DateField(label=_("convened on"), widget=forms.DateInput)
    ends_on = forms.DateField(label=_("ends"), widget=forms.DateInput, required=False)
    place = forms.CharField(label=_("place"), max_length=100, required=False)
    title = forms.CharField(label=_("title"), max_length=100, required=False)
    source = forms.CharField(label=_("source"), max_length=200, help_text=_("Minutes, file or yearbook."))

    def clean(self) -> dict[str, Any] | None:
        """Ask for at least one body; gather the parts."""
        data = super().clean()
        values = self.cleaned_data
        values["parts"] = [
            Part(
                values[key], values.pop(f"{key}_number", None), values.pop(f"{key}_due", None),
                values.pop(f"{key}_present", None),
            )
            for key in ("staff", "union")
            if values.get(key)
        ]  # fmt: skip
        if not values["parts"]:
            self.add_error("staff", _("Choose the body that sits, or both of a joint session."))
        return data


class PresidiumForm(forms.Form):
    """Several people by staff number, with one post."""

    staff_numbers = forms.CharField(
        label=_("staff numbers"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Several, separated by spaces, commas or lines."),
    )
    post = forms.ChoiceField(label=_("post"), choices=PresidiumPost.choices, initial=PresidiumPost.MEMBER)

    def clean_staff_numbers(self) -> str:
        """Keep the people for the step."""
        text: str = self.cleaned_data["staff_numbers"]
        numbers = text.replace("，", " ").replace(",", " ").replace("、", " ").split()
        found = {person.staff_number: person for person in Person.objects.filter(staff_number__in=numbers)}
        unknown = [number for number in numbers if number not in found]
        if unknown:
            raise forms.ValidationError(
                _("Nobody in the register has the staff numbers %(numbers)s.") % {"numbers": "、".join(unknown)}
            )
        self.cleaned_data["people"] = [found[number] for number in dict.fromkeys(numbers)]
        return text


class GuestForm(PersonForm):
    """Somebody who sits in without a vote."""


class CredentialsForm(forms.Form):
    """代表资格审查报告."""

    examined_on = forms.DateField(label=_("examined on"), widget=forms.DateInput, initial=today)
    text = forms.CharField(label=_("text"), widget=forms.Textarea(attrs={"rows": 12}))


class ItemForm(forms.Form):
    """An agenda item."""

    kind = forms.ChoiceField(label=_("kind"), choices=AgendaKind.choices)
    title = forms.CharField(label=_("title"), max_length=200)
    presenter = forms.CharField(label=_("presented by"), max_length=100, required=False)
    position = forms.IntegerField(label=_("position"), min_value=1, required=False, help_text=_("Empty: at the end."))
    two_thirds = forms.BooleanField(
        label=_("needs more than two thirds of all"),
        required=False,
        help_text=_("Otherwise the congress's own majority."),
    )


class DocumentForm(forms.Form):
    """A document to read beforehand."""

    title = forms.CharField(label=_("title"), max_length=200, required=False, help_text=_("Empty: the file's name."))
    file = forms.FileField(label=_("file"))
    published = forms.BooleanField(label=_("delegates may read it now"), required=False, initial=True)


class OutcomeForm(forms.Form):
    """What became of an item."""

    outcome = forms.ChoiceField(label=_("outcome"), choices=[])
    on = forms.DateField(label=_("day"), widget=forms.DateInput, required=False, initial=today)


def outcome_form(_admin: Any, _request: Any, item: AgendaItem) -> type[OutcomeForm]:
    """Return the form; a session recorded later may have passed or lost items without a count."""
    recorded = item.sitting.session.recorded
    counted = {AgendaOutcome.PASSED, AgendaOutcome.LOST}
    left = [
        pair
        for pair in AgendaOutcome.choices
        if pair[0] != AgendaOutcome.PENDING and (recorded or pair[0] not in counted)
    ]

    class Form(OutcomeForm):
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            field = self.fields["outcome"]
            if isinstance(field, forms.ChoiceField):
                field.choices = left
            if recorded:
                self.fields["on"].initial = item.sitting.session.convened_on

    return Form


class DoorForm(forms.Form):
    """A personal code at the door."""

    code = forms.CharField(
        label=_("personal code"),
        max_length=20,
        widget=forms.TextInput(
            attrs={
                "inputmode": "numeric",
                "autocomplete": "off",
                "autofocus": True,
                "enterkeyhint": "go",
                "class": "up-door__input",
            }
        ),
    )
