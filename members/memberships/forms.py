"""What an officer fills in for each step of a membership, and for its correction."""

from typing import Any

from django import forms
from django.utils import timezone

from members.branches.forms import BranchForm
from members.branches.models import Branch
from members.memberships.enums import Correction
from members.memberships.services.corrections import acts
from members.people.models import Person
from union_portal.base.forms import DayField, DocumentForm, choices_widget, today
from union_portal.base.validators import not_in_future


class AdmitForm(BranchForm, DocumentForm):
    """Joining; transferred in when another union is named."""

    counterpart = forms.CharField(label="转自", help_text="新入会时留空。", max_length=100, required=False)
    field_order = ["on", "branch", "counterpart", "document"]


class MoveForm(BranchForm):
    """Belonging to another branch."""


class ResumeForm(BranchForm, DocumentForm):
    """Membership again."""

    branch_needed = False


class TransferOutForm(DocumentForm):
    """Leaving for another union."""

    counterpart = forms.CharField(label="转往", max_length=100)


class RetireForm(DocumentForm):
    """Retiring; the day is the last in service."""

    on = DayField(label="退休日期", initial=today, help_text="在职的最后一天；可提前登记，到期后自动按退休计。")
    retain = forms.BooleanField(label="保留会籍", initial=True, required=False)


class LeaveForm(DocumentForm):
    """Leaving the union."""

    expelled = forms.BooleanField(label="除名", required=False)


class DeathForm(DocumentForm):
    """A death."""

    on = DayField(label="去世日期", initial=today, validators=[not_in_future])


class CorrectForm(forms.Form):
    """What of a person's history is wrong, and what is right."""

    act = forms.ChoiceField(label="要更正的登记")
    how = forms.ChoiceField(label="错在哪里", choices=Correction.choices, widget=choices_widget())
    on = DayField(label="正确的日期", required=False, help_text="只在日期有误时填写。")
    branch = forms.ModelChoiceField(
        label="正确的分工会", queryset=Branch.objects.none(), required=False, help_text="只在分工会有误时选择。"
    )
    why = forms.CharField(label="原因", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named: Any = self.fields["act"]
        named.choices = [(one.key, str(one)) for one in acts(person)]
        field: Any = self.fields["branch"]
        field.queryset = Branch.objects.standing(on=timezone.localdate())
