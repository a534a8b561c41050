"""What each step of a round asks for."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget

from members.enums import Employment, Gender, MembershipState, PersonKind, PostCategory
from members.models import Branch, CohortKind, Person
from welfare.enums import GrantState
from welfare.models import Round
from welfare.services.selection import TIERS, Selection, tier_label

_MONTHS = [(month, f"{month}月") for month in range(1, 13)]
_TIER_LABELS = {
    "employment": "用工形式",
    "post_category": "岗位类别",
    "kind": "人员类别",
    "gender": "性别",
}


def _many(label: Any, choices: Any) -> forms.TypedMultipleChoiceField:
    return forms.TypedMultipleChoiceField(
        label=label, choices=choices, required=False, widget=UnfoldAdminCheckboxSelectMultipleWidget, coerce=str
    )


class SelectionForm(forms.Form):
    """Whom a round is for, as a rule over the register on the cut-off date."""

    cut_off_on = forms.DateField(label="截止日期", widget=forms.DateInput)
    members = forms.BooleanField(label="会员", required=False, initial=True)
    membership = _many("会籍", MembershipState.choices)
    non_members = forms.BooleanField(label="非会员", required=False)
    kinds = _many("人员类别", PersonKind.choices)
    employment = _many("用工形式", Employment.choices)
    post_categories = _many("岗位类别", PostCategory.choices)
    branches = forms.ModelMultipleChoiceField(
        Branch.objects.none(), label="分工会", required=False, help_text="不选则为全部分工会。"
    )
    gender = forms.ChoiceField(label="性别", choices=[("", "全部"), *Gender.choices], required=False)
    cohorts = forms.ModelMultipleChoiceField(CohortKind.objects.all(), label="特殊群体", required=False)
    age_from = forms.IntegerField(label="年龄下限", required=False, min_value=0, max_value=120)
    age_to = forms.IntegerField(label="年龄上限", required=False, min_value=0, max_value=120)
    birth_months = _many("出生月份", _MONTHS)
    joined_before = forms.DateField(label="入会早于", required=False, widget=forms.DateInput)
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
        tier_by=data["tier_by"],
    )


def selection_initial(round_: Round) -> dict[str, Any]:
    """Return the form's start for a round that has a rule."""
    data: dict[str, Any] = {"cut_off_on": round_.cut_off_on, "membership": [MembershipState.ACTIVE]}
    if round_.selection and not round_.selection.get("price_rise"):
        data |= round_.selection
        data["cohorts"] = CohortKind.objects.filter(code__in=round_.selection.get("cohorts", []))
    return data


class ListForm(forms.Form):
    """A list of people with its source."""

    file = forms.FileField(label="名单（xlsx 或 csv，含工号、姓名两列）")
    list_source = forms.CharField(label="名单来源", max_length=200)


class ReasonForm(forms.Form):
    """A reason."""

    reason = forms.CharField(label="原因", max_length=200, widget=forms.Textarea(attrs={"rows": 2}))


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


class DayForm(forms.Form):
    """A day."""

    on = forms.DateField(label="日期", initial=timezone.localdate, widget=forms.DateInput)


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


class BuyForm(forms.Form):
    """An invoice."""

    supplier = forms.CharField(label="供应商", max_length=100)
    invoice_number = forms.CharField(label="发票号码", max_length=64)
    invoiced_on = forms.DateField(label="开票日期", widget=forms.DateInput)
    quantity = forms.IntegerField(label="数量", min_value=1)
    amount = forms.DecimalField(label="金额（元）", max_digits=12, decimal_places=2, min_value=0)
    posted_on = forms.DateField(label="记账日期", initial=timezone.localdate, widget=forms.DateInput)


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
