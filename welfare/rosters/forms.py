"""Whom something is for: a rule over the register, or an uploaded list."""

from typing import Any

from django import forms
from django.utils import timezone

from members.branches.models import Branch
from members.cohorts.models import CohortKind
from members.people.enums import Employment, Gender, MembershipState, PersonKind, PostCategory
from union_portal.base.forms import DayField, choices_widget
from welfare.rosters.services.selection import TIERS, Selection

_MONTHS = [(month, f"{month}月") for month in range(1, 13)]
_TIER_LABELS = {
    "employment": "用工形式",
    "post_category": "岗位类别",
    "kind": "人员类别",
    "gender": "性别",
    "children": "子女数",
}


def _many(label: Any, choices: Any) -> forms.TypedMultipleChoiceField:
    return forms.TypedMultipleChoiceField(
        label=label, choices=choices, required=False, widget=choices_widget(several=True), coerce=str
    )


class SelectionForm(forms.Form):
    """Whom a round is for, as a rule over the register on the cut-off date."""

    cut_off_on = DayField(label="截止日期")
    members = forms.BooleanField(label="会员", required=False, initial=True)
    membership = _many("会籍", MembershipState.choices)
    non_members = forms.BooleanField(label="非会员", required=False)
    kinds = _many("人员类别", PersonKind.choices)
    employment = _many("用工形式", Employment.choices)
    post_categories = _many("岗位类别", PostCategory.choices)
    branches = forms.ModelMultipleChoiceField(
        Branch.objects.none(),
        label="分工会",
        required=False,
        widget=choices_widget(several=True),
        help_text="不选则为全部分工会。",
    )
    gender = forms.ChoiceField(label="性别", choices=[("", "全部"), *Gender.choices], required=False)
    cohorts = forms.ModelMultipleChoiceField(
        CohortKind.objects.all(), label="特殊群体", required=False, widget=choices_widget(several=True)
    )
    age_from = forms.IntegerField(label="年龄下限", required=False, min_value=0, max_value=120)
    age_to = forms.IntegerField(label="年龄上限", required=False, min_value=0, max_value=120)
    birth_months = _many("出生月份", _MONTHS)
    joined_before = DayField(label="入会早于", required=False)
    retired_from = DayField(label="退休日期从", required=False)
    retired_to = DayField(label="退休日期到", required=False)
    children_to = forms.IntegerField(
        label="子女年龄上限",
        required=False,
        min_value=0,
        max_value=30,
        help_text="只发给有这个年龄及以下子女的人，例如六一：14。",
    )
    tier_by = forms.ChoiceField(
        label="分档依据",
        choices=[("", "不分档"), *((key, _TIER_LABELS[key]) for key in TIERS)],
        required=False,
        help_text="不同档次可设不同单价。",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        branches: Any = self.fields["branches"]
        branches.queryset = Branch.objects.standing(on=timezone.localdate())

    def selection(self) -> Selection:
        """Return the rule; raises DomainError for contradictions."""
        return selection_of(self.cleaned_data)


def selection_of(data: dict[str, Any]) -> Selection:
    """Return the rule that the form's cleaned data describe."""
    return Selection(
        membership=tuple(data["membership"]),
        members=data["members"],
        non_members=data["non_members"],
        kinds=tuple(data["kinds"]),
        employment=tuple(data["employment"]),
        post_categories=tuple(data["post_categories"]),
        branches=tuple(branch.pk for branch in data["branches"]),
        gender=data["gender"],
        cohorts=tuple(kind.code for kind in data["cohorts"]),
        age_from=data["age_from"],
        age_to=data["age_to"],
        birth_months=tuple(int(month) for month in data["birth_months"]),
        joined_before=data["joined_before"],
        retired_from=data["retired_from"],
        retired_to=data["retired_to"],
        children_to=data["children_to"],
        tier_by=data["tier_by"],
    )


class ListForm(forms.Form):
    """A list of people with its source."""

    file = forms.FileField(label="名单（xlsx 或 csv，含工号、姓名两列）")
    list_source = forms.CharField(label="名单来源", max_length=200)
