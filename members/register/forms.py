"""What an officer fills in on the person's page and for rosters and accounts."""

from typing import Any

from django import forms
from django.forms.models import modelform_factory
from django.utils import timezone

from members.branches.models import Branch
from members.memberships.enums import CAME, MembershipStart
from members.people.enums import MembershipState, PersonKind
from members.people.models import Person
from union_portal.base.asked import keys_in
from union_portal.base.forms import DayField, OnForm, shown_when

# Contact, identity and bank; what is left empty stays as it is.
NumbersForm = modelform_factory(
    Person,
    fields=("mobile", "email", "identity_kind", "identity_number", "bank_card", "bank_name"),
    widgets={"identity_number": forms.TextInput, "bank_card": forms.TextInput},
)


class PersonForm(forms.ModelForm[Person]):
    """A person as of today: what follows from a retirement whose day has come shows, and stays untold if untouched."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["employment"] = getattr(self.instance, "employment_now", self.instance.employment)


class NewPersonForm(forms.ModelForm[Person]):
    """A new person in one form: numbers in full, the branch, and the membership that begins."""

    membership = forms.ChoiceField(
        label="会籍",
        required=False,
        choices=[
            ("", "非会员"),
            (MembershipStart.JOINED, "新入会"),
            (MembershipStart.TRANSFERRED_IN, "从其他工会转入"),
            (MembershipStart.RECORDED, "建册登记（早已是会员）"),
        ],
    )
    joined_on = DayField(label="入会（转入）日期", required=False, help_text="选择会籍后填写。")
    counterpart = shown_when(
        forms.CharField(label="转自", max_length=100, required=False, help_text="从其他工会转入时填写。"),
        membership=MembershipStart.TRANSFERRED_IN,
    )
    branch = forms.ModelChoiceField(label="所属分工会", queryset=Branch.objects.none(), required=False)

    class Meta:
        model = Person
        fields = (
            *("staff_number", "name", "kind", "gender", "birth_date", "ethnicity"),
            *("identity_kind", "identity_number", "mobile", "email", "bank_card", "bank_name"),
            *("department", "professional_title", "employment", "post_category", "first_work_on", "teaching_since"),
            *("employed_on", "political_status", "marital_state", "note"),
        )
        widgets = {"identity_number": forms.TextInput, "bank_card": forms.TextInput}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["branch"]
        field.queryset = Branch.objects.standing(on=timezone.localdate())

    def clean(self) -> dict[str, Any]:
        """Ask for the day of a membership, and for the membership of a day."""
        data = super().clean() or self.cleaned_data
        way, day = data.get("membership"), data.get("joined_on")
        if way and day is None and "joined_on" not in self.errors:
            self.add_error("joined_on", "请填写入会（转入）的日期。")
        if day is not None and not way:
            self.add_error("membership", "填写了日期，请选择是新入会、转入还是建册登记。")
        if data.get("kind") == PersonKind.STAFF and not data.get("staff_number") and "staff_number" not in self.errors:
            self.add_error("staff_number", "教职工须有工号。")
        # Who was a member long ago may have retired out of every branch; who comes now belongs to one.
        if way in CAME and data.get("branch") is None and "branch" not in self.errors:
            self.add_error("branch", "请选择所属分工会：会员的慰问、签收表和选举都按分工会办理。")
        return data


NEW_PERSON: Any = (
    (None, {"fields": (("staff_number", "name"), ("kind", "gender"), ("birth_date", "ethnicity"))}),
    ("会籍与分工会", {"fields": (("membership", "joined_on"), ("counterpart", "branch"))}),
    (
        "证件、联系方式与银行卡",
        {"fields": (("identity_kind", "identity_number"), ("mobile", "email"), ("bank_card", "bank_name"))},
    ),
    (
        "工作",
        {
            "fields": (
                ("department", "professional_title"),
                ("employment", "post_category"),
                ("first_work_on", "teaching_since"),
                ("employed_on", "political_status"),
                ("marital_state", "note"),
            )
        },
    ),
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

    on = DayField(label="截至")
    state = forms.ChoiceField(label="会籍", choices=[("", "全部会员"), *MembershipState.choices], required=False)
    field_order = ["on", "branch", "state"]


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
