"""What an officer fills in on the person's page and for rosters and accounts."""

from typing import Any

from django import forms
from django.forms.models import modelform_factory

from members.branches.models import Branch
from members.people.enums import MembershipState
from members.people.models import Person
from union_portal.base.asked import keys_in
from union_portal.base.forms import OnForm

# Contact, identity and bank; what is left empty stays as it is.
NumbersForm = modelform_factory(
    Person,
    fields=("mobile", "email", "identity_number", "bank_card", "bank_name"),
    widgets={"identity_number": forms.TextInput, "bank_card": forms.TextInput},
)


class OfBranchForm(forms.Form):
    """A branch of those that the account may see."""

    branch = forms.ModelChoiceField(label="分工会", queryset=Branch.objects.none(), required=False)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["branch"]
        field.queryset = Branch.objects.visible_to(user)


class RosterForm(OfBranchForm, OnForm):
    """Whom a roster holds on which day."""

    on = forms.DateField(label="截至", widget=forms.DateInput)
    state = forms.ChoiceField(label="会籍", choices=[("", "全部会员"), *MembershipState.choices], required=False)
    field_order = ["on", "branch", "state"]


class ExportForm(RosterForm):
    """A roster as a file; data above basic needs a purpose."""

    columns = forms.ChoiceField(
        label="内容",
        choices=[("basic", "基本信息"), ("contact", "基本信息和联系方式"), ("identity", "含证件号和银行卡号")],
    )
    format = forms.ChoiceField(label="格式", choices=[("xlsx", "xlsx"), ("csv", "csv")])
    purpose = forms.CharField(label="用途", max_length=200, required=False)


class CodesForm(OfBranchForm):
    """Whose accounts are opened: a branch, or a selection from the list."""

    people = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two."""
        data = super().clean() or self.cleaned_data
        keys = keys_in(data.pop("people", "").split(","))
        data["keys"] = keys or None
        if not keys and data.get("branch") is None and "branch" not in self.errors:
            self.add_error("branch", "请选择分工会，或在人员列表中勾选。")
        return data


class ReadingForm(forms.Form):
    """How a name is read."""

    reading = forms.CharField(
        label="姓名读音",
        max_length=120,
        required=False,
        help_text="按字填写拼音，音节之间用空格隔开，声调可标可不标；留空则按通常读音。",
    )
