"""What an officer fills in for a branch, a term and an office."""

from typing import Any

from django import forms
from django.utils import timezone

from members.branches.enums import Position
from members.branches.models import Branch
from members.people.models import Person
from union_portal.base.forms import OnForm, today


class BranchForm(OnForm):
    """The first day in a branch."""

    branch = forms.ModelChoiceField(label="分工会", queryset=Branch.objects.none())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["branch"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = Branch.objects.standing(on=timezone.localdate())


class TermForm(forms.Form):
    """A term of office."""

    began_on = forms.DateField(label="开始", widget=forms.DateInput, initial=today)
    ends_on = forms.DateField(label="结束", widget=forms.DateInput)
    requested_on = forms.DateField(label="请示日期", widget=forms.DateInput, required=False)
    approved_on = forms.DateField(label="批复日期", widget=forms.DateInput, required=False)
    document = forms.CharField(label="决定文件", max_length=200, required=False)


class ElectForm(OnForm):
    """An election or by-election."""

    staff_number = forms.CharField(label="工号", max_length=32)
    position = forms.ChoiceField(label="职务", choices=Position.choices)

    def clean_staff_number(self) -> Person:
        """Return the person with the number."""
        person: Person | None = Person.objects.filter(staff_number=self.cleaned_data["staff_number"].strip()).first()
        if person is None:
            raise forms.ValidationError("名册中没有这个工号。")
        return person


class MergeForm(OnForm):
    """The branch that takes over."""

    into = forms.ModelChoiceField(label="并入", queryset=Branch.objects.all())
