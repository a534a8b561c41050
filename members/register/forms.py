"""What an officer fills in on the person's page and for rosters and accounts."""

from typing import Any

from django import forms

from members.branches.models import Branch
from members.people.enums import MembershipState
from union_portal.base.forms import today


class NumbersForm(forms.Form):
    """Contact, identity and bank; what is left empty stays as it is."""

    mobile = forms.CharField(label="手机", max_length=20, required=False)
    email = forms.EmailField(label="电子邮箱", required=False)
    identity_number = forms.CharField(label="身份证号", max_length=32, required=False)
    bank_card = forms.CharField(label="银行卡号", max_length=32, required=False)
    bank_name = forms.CharField(label="开户行", max_length=64, required=False)


class RosterForm(forms.Form):
    """Whom a roster holds on which day."""

    on = forms.DateField(label="截至", widget=forms.DateInput, initial=today)
    branch = forms.ModelChoiceField(label="分工会", queryset=Branch.objects.none(), required=False)
    state = forms.ChoiceField(
        label="会籍",
        choices=[("", "全部会员"), *MembershipState.choices],
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
        label="内容",
        choices=[
            ("basic", "基本信息"),
            ("contact", "基本信息和联系方式"),
            ("identity", "含证件号和银行卡号"),
        ],
    )
    format = forms.ChoiceField(label="格式", choices=[("xlsx", "xlsx"), ("csv", "csv")])
    purpose = forms.CharField(label="用途", max_length=200, required=False)


class CodesForm(forms.Form):
    """Whose accounts are opened: a branch, or a selection from the list."""

    branch = forms.ModelChoiceField(label="分工会", queryset=Branch.objects.none(), required=False)
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
