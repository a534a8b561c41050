"""What an officer fills in for each step of a membership."""

from typing import Any

from django import forms

from members.branches.forms import BranchForm
from union_portal.base.forms import DocumentForm


class AdmitForm(BranchForm, DocumentForm):
    """Joining; transferred in when another union is named."""

    counterpart = forms.CharField(
        label="转自",
        help_text="新入会时留空。",
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

    counterpart = forms.CharField(label="转往", max_length=100)


class RetireForm(DocumentForm):
    """Retiring; the day is the last in service."""

    retain = forms.BooleanField(label="保留会籍", initial=True, required=False)


class LeaveForm(DocumentForm):
    """Leaving the union."""

    expelled = forms.BooleanField(label="除名", required=False)
