"""What an officer fills in for each step."""

from typing import Any

from django import forms
from django.utils import timezone

from members.enums import MembershipState, Position, Relation
from members.models import Branch, CohortKind, Person


def _today() -> Any:
    return timezone.localdate()


class OnForm(forms.Form):
    """The day of a step."""

    on = forms.DateField(label="日期", widget=forms.DateInput, initial=_today)


class DocumentForm(OnForm):
    """The day and the document that decided."""

    document = forms.CharField(label="决定文件", max_length=200, required=False)


class BranchForm(OnForm):
    """The first day in a branch."""

    branch = forms.ModelChoiceField(label="分工会", queryset=Branch.objects.none())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["branch"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = Branch.objects.standing(on=timezone.localdate())


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


class PurposeForm(forms.Form):
    """What somebody needs personal data for."""

    purpose = forms.CharField(label="用途", help_text="用途将连同您的姓名和时间记入访问日志。", max_length=200)


class NumbersForm(forms.Form):
    """Contact, identity and bank; what is left empty stays as it is."""

    mobile = forms.CharField(label="手机", max_length=20, required=False)
    email = forms.EmailField(label="电子邮箱", required=False)
    identity_number = forms.CharField(label="身份证号", max_length=32, required=False)
    bank_card = forms.CharField(label="银行卡号", max_length=32, required=False)
    bank_name = forms.CharField(label="开户行", max_length=64, required=False)


class CohortForm(DocumentForm):
    """A place in a special group."""

    kind = forms.ModelChoiceField(label="特殊群体", queryset=CohortKind.objects.all())


class KinForm(forms.Form):
    """A relative: somebody registered, by staff number, or somebody new, by name."""

    relation = forms.ChoiceField(label="与本人关系", choices=Relation.choices)
    staff_number = forms.CharField(label="工号", max_length=32, required=False)
    name = forms.CharField(label="姓名", max_length=64, required=False)
    birth_date = forms.DateField(label="出生日期", widget=forms.DateInput, required=False)


class TermForm(forms.Form):
    """A term of office."""

    began_on = forms.DateField(label="开始", widget=forms.DateInput, initial=_today)
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


class RosterForm(forms.Form):
    """Whom a roster holds on which day."""

    on = forms.DateField(label="截至", widget=forms.DateInput, initial=_today)
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
