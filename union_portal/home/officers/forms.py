"""What is asked of a new officer: who, which roles, for which branches, from when to when, and the sign-in code."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from members.branches.enums import BranchKind
from members.branches.models import Branch
from members.people.models import Person
from union_portal.accounts.enums import Role
from union_portal.base.admin.picking import PickedField
from union_portal.base.forms import DayField, choices_widget, shown_when

PRINTED, MAILED, NONE = "print", "mail", ""


def candidates() -> "QuerySet[Any]":
    """Return whom a role may be given to: the living of the register with a staff number, as a picker names them.

    Whoever gives roles need not see the register: the picker tells name, staff number and branch, nothing else.
    """
    people: Any = Person.objects.filter(died_on=None, staff_number__isnull=False)
    found: QuerySet[Any] = people.for_picking()
    return found


class _CandidateSelect(AutocompleteSelect):
    def get_url(self) -> str:
        """Ask this room's own look-up."""
        return reverse("home:officer_candidates")


class CandidateField(PickedField):
    """Somebody who may become an officer, found by name, staff number or pinyin."""

    def __init__(self, **options: Any) -> None:
        super().__init__(Person, **options)
        self.widget = _CandidateSelect(self.widget.field, admin.site)
        self.widget.choices = self.choices

    def offer(self, request: Any) -> None:
        """Offer the same to everybody who may open the page."""
        del request
        self.queryset = candidates()


class OfficerForm(forms.Form):
    """One person, one or several roles with the same days."""

    person = CandidateField(label="人员", help_text="输入姓名、工号或拼音；名册中没有的人，请先在“会员名册”登记。")
    roles = forms.MultipleChoiceField(label="角色", choices=Role.choices, widget=choices_widget(several=True))
    branches = shown_when(
        forms.ModelMultipleChoiceField(
            label="分工会",
            queryset=Branch.objects.none(),
            required=False,
            widget=choices_widget(several=True),
            help_text="只有分工会主席需要选：所选分工会及其小组的人员和事项归其办理。",
        ),
        roles=Role.BRANCH_CHAIR,
    )
    valid_from = DayField(label="自", initial=timezone.localdate)
    valid_to = DayField(label="至", required=False, help_text="届满日期；不填即长期有效。")
    document = forms.CharField(
        label="决定文件", max_length=200, required=False, help_text="例如选举结果的批复、任职通知。"
    )
    code = forms.ChoiceField(
        label="登录码",
        required=False,
        choices=[
            (NONE, "不发放（已能登录，或由他人发放）"),
            (PRINTED, "显示一次，打印交给本人"),
            (MAILED, "发送到本人的电子邮箱"),
        ],
        widget=choices_widget(),
    )

    def __init__(self, *args: Any, with_code: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        branches: Any = self.fields["branches"]
        branches.queryset = Branch.objects.standing(on=timezone.localdate()).exclude(kind=BranchKind.SCHOOL).as_tree()
        person: Any = self.fields["person"]
        person.queryset = candidates()
        if not with_code:
            del self.fields["code"]

    def clean(self) -> dict[str, Any]:
        """Ask for the branches of a branch chair, and of nobody else."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        roles, branches = found.get("roles") or [], found.get("branches")
        if Role.BRANCH_CHAIR in roles and not branches:
            self.add_error("branches", "请选择任主席的分工会。")
        if branches and Role.BRANCH_CHAIR not in roles:
            self.add_error("branches", "只有分工会主席需要选分工会，请取消选择或加选“分工会主席”。")
        first, last = found.get("valid_from"), found.get("valid_to")
        if first and last and last < first:
            self.add_error("valid_to", "结束日期早于开始日期，请核对。")
        if found.get("code") == MAILED and (person := found.get("person")) and not person.email:
            self.add_error("code", f"{person.name}没有登记电子邮箱，请打印登录码。")
        return found
