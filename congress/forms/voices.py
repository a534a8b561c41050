"""What the office fills in for suggestions, inspections, petitions, committees and regulations."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import FileExtensionValidator
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from congress.enums import PETITION_ROLES, CommitteePost, Handling, RegulationAct
from congress.models import Department, Regulation, Session
from members.models import Person
from union_portal.accounts.models import RoleAssignment, User

# What a paper may weigh: a scanned document of some dozen pages.
LARGEST_FILE = 20 * 1024 * 1024
PAPERS = ("pdf", "doc", "docx", "ofd", "wps", "jpg", "jpeg", "png")
ANSWER_DAYS = 30


def _today() -> dt.date:
    return timezone.localdate()


def _soon() -> dt.date:
    return timezone.localdate() + dt.timedelta(days=ANSWER_DAYS)


def small_enough(file: Any) -> None:
    """Refuse a paper that is too large."""
    if file.size > LARGEST_FILE:
        raise ValidationError(
            _("The file has %(size)d MB; at most %(limit)d MB are taken.")
            % {"size": file.size // 1024 // 1024, "limit": LARGEST_FILE // 1024 // 1024}
        )


def paper_field() -> forms.FileField:
    """Return an optional field for a paper."""
    return forms.FileField(
        label=gettext_lazy("file"), required=False, validators=[FileExtensionValidator(PAPERS), small_enough]
    )


class DepartmentChoice(forms.ModelChoiceField[Department]):
    """A department that exists today."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", gettext_lazy("Department"))
        super().__init__(Department.objects.filter(closed_on=None), **kwargs)


class SendForm(forms.Form):
    """To which department, to be answered by when."""

    department = DepartmentChoice()
    due_on = forms.DateField(label=gettext_lazy("to be answered by"), widget=forms.DateInput, initial=_soon)


class WhyForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=gettext_lazy("reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class AnswerForm(forms.Form):
    """An answer in writing."""

    answer = forms.CharField(label=gettext_lazy("answer"), widget=forms.Textarea(attrs={"rows": 8}))
    publish = forms.BooleanField(
        label=gettext_lazy("show suggestion and answer to all members"),
        required=False,
        help_text=gettext_lazy("The author's name is never shown."),
    )


class GatherForm(forms.Form):
    """The matter that suggestions are about."""

    title = forms.CharField(
        label=gettext_lazy("title of the group"),
        max_length=100,
        help_text=gettext_lazy("A group of this title is added to; otherwise a new one is made."),
    )
    session = forms.ModelChoiceField(Session.objects.all(), label=gettext_lazy("session"), required=False)


class FindingForm(forms.Form):
    """What an inspection found, and who puts it right until when."""

    text = forms.CharField(label=gettext_lazy("what was found"), widget=forms.Textarea(attrs={"rows": 4}))
    department = DepartmentChoice(required=False)
    due_on = forms.DateField(label=gettext_lazy("to be put right by"), widget=forms.DateInput, required=False)


class SettleForm(forms.Form):
    """What became of a finding."""

    right = forms.TypedChoiceField(
        label=gettext_lazy("what became of it"),
        choices=[("yes", gettext_lazy("put right")), ("no", gettext_lazy("explained, nothing to be done"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        initial="yes",
    )
    result = forms.CharField(label=gettext_lazy("in words"), widget=forms.Textarea(attrs={"rows": 4}))
    settled_on = forms.DateField(label=gettext_lazy("settled on"), widget=forms.DateInput, initial=_today)


class HandOverForm(forms.Form):
    """Who handles a petition from now on."""

    handlers = forms.ModelMultipleChoiceField(
        User.objects.none(), label=gettext_lazy("handlers"), widget=forms.CheckboxSelectMultiple
    )
    reason = forms.CharField(label=gettext_lazy("reason"), max_length=150)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["handlers"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = may_handle()


def may_handle() -> Any:
    """Return the accounts that hold an office which takes petitions today."""
    holders = RoleAssignment.objects.filter(role__in=PETITION_ROLES).in_force(on=timezone.localdate())
    return User.objects.filter(pk__in=holders.values("user"), is_active=True).order_by("staff_number")


class PetitionAnswerForm(forms.Form):
    """The answer to a petition."""

    answer = forms.CharField(label=gettext_lazy("answer"), widget=forms.Textarea(attrs={"rows": 8}))


class SeatForm(forms.Form):
    """A seat on a committee."""

    staff_number = forms.CharField(label=gettext_lazy("staff number"), max_length=32)
    post = forms.ChoiceField(label=gettext_lazy("post"), choices=CommitteePost.choices, initial=CommitteePost.MEMBER)
    on = forms.DateField(label=gettext_lazy("from"), widget=forms.DateInput, initial=_today)
    by_election = forms.BooleanField(label=gettext_lazy("by-election"), required=False)
    document = forms.CharField(label=gettext_lazy("approval (批复)"), max_length=200, required=False)

    def clean_staff_number(self) -> str:
        """Keep the person for the step."""
        number: str = self.cleaned_data["staff_number"].strip()
        person = Person.objects.filter(staff_number=number).first()
        if person is None:
            raise ValidationError(_("Nobody in the register has the staff number %(number)s.") % {"number": number})
        self.cleaned_data["person"] = person
        return number


class LeaveForm(forms.Form):
    """The last day of a seat."""

    on = forms.DateField(label=gettext_lazy("last day"), widget=forms.DateInput, initial=_today)


class DocumentForm(forms.Form):
    """A document that a meeting dealt with."""

    title = forms.CharField(label=gettext_lazy("title"), max_length=200)
    handling = forms.ChoiceField(
        label=gettext_lazy("what was done"), choices=Handling.choices, initial=Handling.REVIEWED
    )
    opinion = forms.CharField(label=gettext_lazy("opinion"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    regulation = forms.ModelChoiceField(Regulation.objects.all(), label=gettext_lazy("regulation"), required=False)
    file = paper_field()


class VersionForm(forms.Form):
    """What was done to a regulation, and its text from then on."""

    act = forms.TypedChoiceField(
        label=gettext_lazy("what was done"), choices=RegulationAct.choices, coerce=RegulationAct
    )
    on = forms.DateField(label=gettext_lazy("day"), widget=forms.DateInput, initial=_today)
    number = forms.CharField(label=gettext_lazy("document number"), max_length=64, required=False)
    decided_by = forms.CharField(label=gettext_lazy("decided by"), max_length=100, required=False)
    text = forms.CharField(
        label=pgettext_lazy("resolution", "text"), widget=forms.Textarea(attrs={"rows": 12}), required=False
    )
    file = paper_field()
