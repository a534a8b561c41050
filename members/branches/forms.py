"""What an officer fills in for a branch, a term and an office."""

from typing import Any

from django import forms
from django.forms.models import modelform_factory
from django.utils import timezone

from members.branches.enums import Position
from members.branches.models import Branch, Term
from members.people.forms import PersonField
from union_portal.base.forms import DayField, OnForm


class BranchForm(OnForm):
    """The first day in a branch."""

    branch = forms.ModelChoiceField(label="分工会", queryset=Branch.objects.none())
    branch_needed = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["branch"]
        field.queryset, field.required = Branch.objects.standing(on=timezone.localdate()), self.branch_needed


class ElectForm(OnForm):
    """An election or by-election."""

    person = PersonField()
    position = forms.ChoiceField(label="职务", choices=Position.choices)
    full_time = forms.BooleanField(label="专职", required=False)


class MergeForm(OnForm):
    """The branch that takes over."""

    into = forms.ModelChoiceField(label="并入", queryset=Branch.objects.all())


_DAYS = ("began_on", "ends_on", "requested_on", "approved_on")
TermForm = modelform_factory(Term, fields=(*_DAYS, "document"), field_classes=dict.fromkeys(_DAYS, DayField))
