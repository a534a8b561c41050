"""What an officer fills in for the steps of a round that ask for more than its own fields."""

from typing import Any

from django import forms
from django.utils import timezone

from members.branches.models import Branch
from members.cohorts.models import CohortKind
from members.people.enums import MembershipState
from members.people.forms import PersonField
from union_portal.base.forms import DayField, OnForm, PurposeForm, choices_widget, words_field
from welfare.grants.enums import GrantState
from welfare.grants.forms import SeenForm
from welfare.grants.models import Round
from welfare.rosters.services.selection import Selection, tier_label
from welfare.rounds.services.repeating import MONTHS, Every


def selection_initial(round_: Round) -> dict[str, Any]:
    """Return the form's start for a round that has a rule."""
    data: dict[str, Any] = {"cut_off_on": round_.cut_off_on, "membership": [MembershipState.ACTIVE]}
    if round_.selection and not round_.selection.get("price_rise"):
        data |= round_.selection
        data["cohorts"] = CohortKind.objects.filter(code__in=round_.selection.get("cohorts", []))
    return data


class BranchForm(forms.Form):
    """One branch, or all."""

    branch = forms.ModelChoiceField(Branch.objects.all(), label="分工会", required=False, empty_label="全部")


class AddForm(forms.Form):
    """A person, with the reason."""

    person = PersonField()
    why = words_field(label="原因", max_length=200, rows=2)


class CollectForm(OnForm, BranchForm):
    """What was collected: by branch or all, perhaps by one on behalf of the others."""

    received_by = PersonField(label="代领人", required=False, help_text="仅在由一人代领时填写。")
    field_order = ("on", "branch", "received_by")


class SupplementForm(forms.Form):
    """A supplementary round: the price difference for everybody, or people who were left out."""

    cut_off_on = DayField(label="截止日期", initial=timezone.localdate)
    price_rise = forms.BooleanField(
        label="为原名册全体人员补发差额", required=False, help_text="否则新批次用于补发遗漏人员。"
    )


class RepeatForm(forms.Form):
    """How often a round comes again, and how many of those that follow are begun now."""

    every = forms.ChoiceField(label="周期", choices=Every.choices, initial=Every.MONTH, widget=choices_widget())
    times = forms.IntegerField(
        label="续建批次数", min_value=1, max_value=MONTHS, initial=1, help_text="每月发放的一年最多再建 11 个或 12 个。"
    )


class PayoutForm(PurposeForm):
    """What the bank's list is for."""

    paid_too = forms.BooleanField(
        label="包括已记账发放的人员", required=False, help_text="不勾选则只导出待发放和已退票的人员。"
    )


def approve_form(_admin: Any, _request: Any, round_: Round) -> type[forms.Form]:
    """Return what the approver is asked: where the rules objected, whether the answers, shown beside, were seen."""
    rows = round_.warnings.select_related("answered_by", "confirmed_by")
    asked = SeenForm if any(row.confirmed_by_id is None for row in rows) else forms.Form
    return type("ApproveForm", (asked,), {"warnings": rows})


def tier_fields(round_: Round) -> dict[str, forms.Field]:
    """Return one price for every tier of the roster."""
    if not (round_.selection and round_.selection.get("tier_by")):
        return {}
    selection = Selection.from_data(round_.selection)
    tiers = round_.grants.filter(state=GrantState.LISTED).order_by("tier").values_list("tier", flat=True).distinct()
    return {
        f"tier_{value}": forms.DecimalField(
            label=tier_label(selection=selection, value=value),
            max_digits=12,
            decimal_places=2,
            min_value=0,
            required=False,
            help_text="留空则为统一单价。",
        )
        for value in tiers
    }
