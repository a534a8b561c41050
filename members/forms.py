"""What an officer fills in for each step."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from members.enums import MembershipState, Position, Relation
from members.models import Branch, CohortKind, Person


def _today() -> Any:
    return timezone.localdate()


class OnForm(forms.Form):
    """The day of a step."""

    on = forms.DateField(label=_("day"), widget=forms.DateInput, initial=_today)


class DocumentForm(OnForm):
    """The day and the document that decided."""

    document = forms.CharField(label=_("deciding document"), max_length=200, required=False)


class BranchForm(OnForm):
    """The first day in a branch."""

    branch = forms.ModelChoiceField(label=_("branch"), queryset=Branch.objects.none())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["branch"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = Branch.objects.standing(on=timezone.localdate())


class AdmitForm(BranchForm, DocumentForm):
    """Joining; transferred in when another union is named."""

    counterpart = forms.CharField(
        label=_("transferred in from"),
        help_text=_("Leave empty when the person joins anew."),
        max_length=100,
        required=False,
    )
    field_order = ["on", "branch", "counterpart", "document"]


class ResumeForm(BranchForm, DocumentForm):
    """Membership again."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["branch"].required = False


class TransferOutForm(DocumentForm):
    """Leaving for another union."""

    counterpart = forms.CharField(label=_("transferred out to"), max_length=100)


class RetireForm(DocumentForm):
    """Retiring; the day is the last in service."""

    retain = forms.BooleanField(label=_("membership is retained"), initial=True, required=False)


class LeaveForm(DocumentForm):
    """Leaving the union."""

    expelled = forms.BooleanField(label=_("expelled"), required=False)


class PurposeForm(forms.Form):
    """What somebody needs personal data for."""

    purpose = forms.CharField(
        label=_("purpose"), help_text=_("It is kept in the access log, with your name and the time."), max_length=200
    )


class NumbersForm(forms.Form):
    """Contact, identity and bank; what is left empty stays as it is."""

    mobile = forms.CharField(label=_("mobile"), max_length=20, required=False)
    email = forms.EmailField(label=_("e-mail"), required=False)
    identity_number = forms.CharField(label=_("identity number"), max_length=32, required=False)
    bank_card = forms.CharField(label=_("bank card"), max_length=32, required=False)
    bank_name = forms.CharField(label=_("bank"), max_length=64, required=False)


class CohortForm(DocumentForm):
    """A place in a special group."""

    kind = forms.ModelChoiceField(label=_("special group"), queryset=CohortKind.objects.all())


class KinForm(forms.Form):
    """A relative: somebody registered, by staff number, or somebody new, by name."""

    relation = forms.ChoiceField(label=_("relation"), choices=Relation.choices)
    staff_number = forms.CharField(label=_("staff number"), max_length=32, required=False)
    name = forms.CharField(label=pgettext_lazy("person", "name"), max_length=64, required=False)
    birth_date = forms.DateField(label=_("birth date"), widget=forms.DateInput, required=False)


class TermForm(forms.Form):
    """A term of office."""

    began_on = forms.DateField(label=_("began"), widget=forms.DateInput, initial=_today)
    ends_on = forms.DateField(label=_("ends"), widget=forms.DateInput)
    requested_on = forms.DateField(label=_("request sent"), widget=forms.DateInput, required=False)
    approved_on = forms.DateField(label=pgettext_lazy("term", "approved"), widget=forms.DateInput, required=False)
    document = forms.CharField(label=_("deciding document"), max_length=200, required=False)


class ElectForm(OnForm):
    """An election or by-election."""

    staff_number = forms.CharField(label=_("staff number"), max_length=32)
    position = forms.ChoiceField(label=pgettext_lazy("office", "position"), choices=Position.choices)

    def clean_staff_number(self) -> Person:
        """Return the person with the number."""
        person: Person | None = Person.objects.filter(staff_number=self.cleaned_data["staff_number"].strip()).first()
        if person is None:
            raise forms.ValidationError(_("Nobody in the register has this staff number."))
        return person


class MergeForm(OnForm):
    """The branch that takes over."""

    into = forms.ModelChoiceField(label=_("merged into"), queryset=Branch.objects.all())


class RosterForm(forms.Form):
    """Whom a roster holds on which day."""

    on = forms.DateField(label=_("as of"), widget=forms.DateInput, initial=_today)
    branch = forms.ModelChoiceField(label=_("branch"), queryset=Branch.objects.none(), required=False)
    state = forms.ChoiceField(
        label=_("membership"),
        choices=[("", _("members of any state")), *MembershipState.choices],
        required=False,
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["branch"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = Branch.objects.visible_to(user)


class ExportForm(RosterForm):
    """A roster as a file; data above basic needs a purpose."""

    columns = forms.ChoiceField(
        label=_("columns"),
        choices=[
            ("basic", _("basic data")),
            ("contact", _("basic and contact data")),
            ("identity", _("with identity and bank numbers")),
        ],
    )
    format = forms.ChoiceField(label=_("format"), choices=[("xlsx", "xlsx"), ("csv", "csv")])
    purpose = forms.CharField(label=_("purpose"), max_length=200, required=False)


class CodesForm(forms.Form):
    """Whose accounts are opened: a branch, or a selection from the list."""

    branch = forms.ModelChoiceField(label=_("branch"), queryset=Branch.objects.none(), required=False)
    people = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["branch"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = Branch.objects.visible_to(user)

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two."""
        data = super().clean() or self.cleaned_data
        keys = [int(key) for key in data.pop("people", "").split(",") if key.isdecimal()]
        data["keys"] = keys or None
        if not keys and data.get("branch") is None and "branch" not in self.errors:
            self.add_error("branch", _("Choose a branch, or people from the list."))
        return data


class ReadingForm(forms.Form):
    """How a name is read."""

    reading = forms.CharField(
        label=_("reading of the name"),
        max_length=120,
        required=False,
        help_text=_("Pinyin with a space between the syllables, with or without tones; empty: as it is usually read."),
    )
