"""What an officer fills in for each step of a membership."""

from django import forms

from members.branches.forms import BranchForm
from union_portal.base.forms import DocumentForm, today
from union_portal.base.validators import not_in_future


class AdmitForm(BranchForm, DocumentForm):
    """Joining; transferred in when another union is named."""

    counterpart = forms.CharField(label="转自", help_text="新入会时留空。", max_length=100, required=False)
    field_order = ["on", "branch", "counterpart", "document"]


class ResumeForm(BranchForm, DocumentForm):
    """Membership again."""

    branch_needed = False


class TransferOutForm(DocumentForm):
    """Leaving for another union."""

    counterpart = forms.CharField(label="转往", max_length=100)


class RetireForm(DocumentForm):
    """Retiring; the day is the last in service."""

    retain = forms.BooleanField(label="保留会籍", initial=True, required=False)


class LeaveForm(DocumentForm):
    """Leaving the union."""

    expelled = forms.BooleanField(label="除名", required=False)


class DeathForm(DocumentForm):
    """A death."""

    on = forms.DateField(label="日期", widget=forms.DateInput, initial=today, validators=[not_in_future])
