"""What an officer fills in for each step of a membership, and for its correction."""

from typing import Any

from django import forms
from django.utils import timezone

from members.branches.forms import BranchForm
from members.branches.models import Branch
from members.memberships.enums import Correction, MembershipChange
from members.memberships.services.asides import left_after
from members.memberships.services.corrections import acts
from members.people.models import Person
from union_portal.base.forms import DayField, DocumentForm, choices_widget, fields_of, shown_when, today
from union_portal.base.validators import not_in_future


class AdmitForm(BranchForm, DocumentForm):
    """Joining; transferred in when another union is named."""

    on = DayField(label="入会日期", initial=today, help_text="成为会员的第一天。")
    counterpart = forms.CharField(label="转自", help_text="新入会时留空。", max_length=100, required=False)
    field_order = ["on", "branch", "counterpart", "document"]


class TransferForm(BranchForm, DocumentForm):
    """Belonging to another branch from a day on, or leaving for another union after one."""

    where = forms.ChoiceField(
        label="去向",
        choices=[("branch", "校内其他分工会"), ("out", "转往其他工会（转出会籍）")],
        initial="branch",
        widget=choices_widget(),
    )
    on = DayField(label="日期", initial=today, help_text="校内调动：到新分工会的第一天；转出：在本校的最后一天。")
    counterpart = shown_when(
        forms.CharField(label="转往单位", max_length=100, required=False, help_text="转往其他工会时填写。"), where="out"
    )
    branch_needed = False
    field_order = ("where", "branch", "counterpart", "on", "document")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shown_when(self.fields["branch"], where="branch")

    def clean(self) -> dict[str, Any]:
        """Ask for where to, of the kind that was chosen."""
        data = super().clean() or self.cleaned_data
        if data.get("where") == "branch" and data.get("branch") is None and "branch" not in self.errors:
            self.add_error("branch", "请选择调往的分工会。")
        if data.get("where") == "out" and not data.get("counterpart") and "counterpart" not in self.errors:
            self.add_error("counterpart", "请填写转往的单位。")
        return data


class ResumeForm(BranchForm, DocumentForm):
    """Membership again."""

    on = DayField(label="恢复日期", initial=today, help_text="重新成为在职会员的第一天。")
    branch_needed = False


class RetireForm(DocumentForm):
    """Retiring; the day is the last in service."""

    on = DayField(label="退休日期", initial=today, help_text="在职的最后一天；可提前登记，到期后自动按退休计。")
    retain = forms.BooleanField(label="保留会籍", initial=True, required=False)


class LeaveForm(DocumentForm):
    """Leaving the union."""

    on = DayField(label="退会日期", initial=today, help_text="作为会员的最后一天，次日起不再是会员。")
    expelled = forms.BooleanField(label="除名", required=False, help_text="由工会决定除名的勾选；本人退会的不勾选。")


class DeathForm(DocumentForm):
    """A death."""

    on = DayField(label="去世日期", initial=today, validators=[not_in_future])


class RenameForm(DocumentForm):
    """Another name."""

    name = forms.CharField(label="新姓名", max_length=64)
    on = DayField(label="更名日期", initial=today, validators=[not_in_future])
    field_order = ("name", "on", "document")


def admit_form(_admin: Any, _request: Any, person: Person) -> type[forms.Form]:
    """Return the form of joining, which asks for those numbers too that the register lacks of the person."""
    lacking = [name for name in ("mobile", "identity_number", "bank_card") if not getattr(person, name)]
    options: dict[str, Any] = {"widgets": dict.fromkeys(lacking, forms.TextInput)}
    fields = fields_of(Person, lacking, **options)
    for field in fields.values():
        field.required, field.help_text = False, "登记中还没有；现在填写，或留空以后补。"
    return type("AdmitForm", (AdmitForm,), fields)


class CorrectForm(forms.Form):
    """What of a person's history is wrong, and what is right."""

    act = forms.ChoiceField(label="要更正的登记")
    how = forms.ChoiceField(label="错在哪里", choices=Correction.choices, widget=choices_widget())
    on = shown_when(DayField(label="正确的日期", required=False, help_text="只在日期有误时填写。"), how=Correction.DAY)
    branch = shown_when(
        forms.ModelChoiceField(
            label="正确的分工会", queryset=Branch.objects.none(), required=False, help_text="只在分工会有误时选择。"
        ),
        how=Correction.BRANCH,
    )
    why = forms.CharField(label="原因", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, person: Person, act: str = "", **kwargs: Any) -> None:
        """`act` is the key of what the page was opened for: only what can be wrong with that is asked."""
        super().__init__(*args, **kwargs)
        named: Any = self.fields["act"]
        found = acts(person)
        named.choices = [(one.key, str(one)) for one in found]
        moves = [one.key for one in found if one.change == MembershipChange.MOVE]
        if act in {one.key for one in found} - {*moves} or not moves:
            del self.fields["branch"]
            how: Any = self.fields["how"]
            how.choices = [(key, label) for key, label in Correction.choices if key != Correction.BRANCH]
            return
        field: Any = self.fields["branch"]
        field.queryset = Branch.objects.standing(on=timezone.localdate())


class LeftForm(forms.Form):
    """Which of the things left after a step: those that are aside, or those that are not."""

    item = forms.ChoiceField(label="事项")

    def __init__(self, *args: Any, person: Person, item: str = "", aside: bool = False, **kwargs: Any) -> None:
        """`item` is the key of the one that the page was opened for."""
        super().__init__(*args, **kwargs)
        left = left_after(person)
        ends = [*left[1].due, *left[1].stays] if left else []
        choices = [
            (one.key, one.words) for one in ends if not (one.done or one.optional) and (one.aside is not None) == aside
        ]
        field: Any = self.fields["item"]
        field.choices = [one for one in choices if one[0] == item] or choices


class AsideForm(LeftForm):
    """Which of them does not apply, and why."""

    why = forms.CharField(label="原因", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
