"""What an officer fills in for each step of a round."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from members.branches.models import Branch
from members.cohorts.models import CohortKind
from members.people.enums import MembershipState
from members.people.models import Person
from union_portal.base.forms import DayForm, ReasonForm
from welfare.grants.enums import GrantState
from welfare.grants.models import Round
from welfare.rosters.services.selection import Selection, tier_label


def selection_initial(round_: Round) -> dict[str, Any]:
    """Return the form's start for a round that has a rule."""
    data: dict[str, Any] = {"cut_off_on": round_.cut_off_on, "membership": [MembershipState.ACTIVE]}
    if round_.selection and not round_.selection.get("price_rise"):
        data |= round_.selection
        data["cohorts"] = CohortKind.objects.filter(code__in=round_.selection.get("cohorts", []))
    return data


class PaperApprovalForm(forms.Form):
    """Who approved on paper, when, which document."""

    offline_approval = forms.CharField(label="审批依据", max_length=200, help_text="由谁、何时、凭何文件批准。")


class AddForm(ReasonForm):
    """A person by staff number, with the reason."""

    staff_number = forms.CharField(label="工号", max_length=32)
    field_order = ("staff_number", "reason")

    def clean_staff_number(self) -> str:
        """Keep the person for the step."""
        number: str = self.cleaned_data["staff_number"].strip()
        person = Person.objects.filter(staff_number=number).first()
        if person is None:
            raise ValidationError("登记中没有这个工号，请核对。")
        self.cleaned_data["person"] = person
        return number


class CollectForm(DayForm):
    """What was collected: by branch or all, perhaps by one on behalf of the others."""

    branch = forms.ModelChoiceField(Branch.objects.all(), label="分工会", required=False, empty_label="全部")
    received_by = forms.CharField(
        label="代领人工号",
        max_length=32,
        required=False,
        help_text="仅在由一人代领时填写。",
    )

    def clean_received_by(self) -> Person | None:
        """Return the collector."""
        number = self.cleaned_data["received_by"].strip()
        if not number:
            return None
        person: Person | None = Person.objects.filter(staff_number=number).first()
        if person is None:
            raise ValidationError("登记中没有这个工号，请核对。")
        return person


class CloseForm(forms.Form):
    """The explanation of what does not add up."""

    explanation = forms.CharField(label="差异说明", required=False, widget=forms.Textarea(attrs={"rows": 3}))


class SupplementForm(forms.Form):
    """A supplementary round: the price difference for everybody, or people who were left out."""

    cut_off_on = forms.DateField(label="截止日期", initial=timezone.localdate, widget=forms.DateInput)
    price_rise = forms.BooleanField(
        label="为原名册全体人员补发差额",
        required=False,
        help_text="否则新批次用于补发遗漏人员。",
    )


class PayoutForm(forms.Form):
    """What the bank's list is for."""

    purpose = forms.CharField(label="用途", max_length=200, help_text="导出银行卡号会记入日志。")
    paid_too = forms.BooleanField(
        label="包括已记账发放的人员",
        required=False,
        help_text="不勾选则只导出待发放和已退票的人员。",
    )


class SheetsForm(forms.Form):
    """Sign-off sheets for one branch or all."""

    branch = forms.ModelChoiceField(Branch.objects.all(), label="分工会", required=False, empty_label="全部")


def price_form(_admin: Any, _request: Any, round_: Round) -> type[forms.Form]:
    """Return the form for the unit price, with one price per tier where the roster has tiers."""
    fields: dict[str, forms.Field] = {
        "unit_price": forms.DecimalField(
            label="单价（元）", max_digits=12, decimal_places=2, min_value=0, initial=round_.unit_price
        ),
        "handed_out_on": forms.DateField(
            label="发放日期", required=False, widget=forms.DateInput, initial=round_.handed_out_on
        ),
        "goods": forms.CharField(label="发放内容", max_length=200, required=False, initial=round_.goods),
    }
    tier_by = round_.selection.get("tier_by", "") if round_.selection else ""
    if tier_by:
        selection = Selection.from_data(round_.selection)
        tiers = round_.grants.filter(state=GrantState.LISTED).order_by("tier").values_list("tier", flat=True).distinct()
        for value in tiers:
            fields[f"tier_{value}"] = forms.DecimalField(
                label=tier_label(selection=selection, value=value),
                max_digits=12,
                decimal_places=2,
                min_value=0,
                required=False,
                help_text="留空则为统一单价。",
            )
    return type("PriceForm", (forms.Form,), fields)
