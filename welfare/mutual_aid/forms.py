"""What the steps of a mutual-aid plan ask for."""

from typing import Any

from django import forms
from django.utils import timezone

from welfare.books.models import Fund
from welfare.mutual_aid.models import MutualAidPlan
from welfare.mutual_aid.services import Term, open_terms


class EnrolForm(forms.Form):
    """A list of people, the term it is for, and where it comes from."""

    file = forms.FileField(label="名单（xlsx 或 csv，含工号、姓名两列）")
    source = forms.CharField(label="名单来源", max_length=200)
    starts_on = forms.DateField(label="生效日期", widget=forms.DateInput)
    paid_on = forms.DateField(label="缴费日期", initial=timezone.localdate, widget=forms.DateInput)
    premium = forms.DecimalField(
        label="每人保费（元）",
        max_digits=10,
        decimal_places=2,
        min_value=0,
        required=False,
        help_text="留空则按计划的保费。",
    )
    offline_approval = forms.CharField(
        label="审批依据",
        max_length=200,
        required=False,
        help_text="由谁、何时、凭何文件批准。",
    )


class EnrolmentForm(forms.Form):
    """The list that was looked at, sealed, to be confirmed."""

    sealed = forms.CharField(widget=forms.HiddenInput)


def in_words(term: Term) -> str:
    """Say what a term's premium comes to."""
    return "{start} 生效、{paid} 缴费：{heads} 人，{total} 元".format(
        start=term.starts_on,
        paid=term.paid_on,
        heads=f"{term.heads:,}",
        total=f"{term.total:,.2f}",
    )


def premium_form(_admin: Any, _request: Any, plan: MutualAidPlan) -> type[forms.Form]:
    """Return the form for posting a term's premium: one of the terms that are not posted yet, and the fund."""
    terms = {f"{term.starts_on}/{term.paid_on}": term for term in open_terms(plan=plan)}
    fields: dict[str, forms.Field] = {
        "term": forms.TypedChoiceField(
            label="保障期",
            choices=[(key, in_words(term)) for key, term in terms.items()],
            coerce=terms.__getitem__,
        ),
        "fund": forms.ModelChoiceField(Fund.objects.all(), label="资金来源"),
        "posted_on": forms.DateField(label="记账日期", initial=timezone.localdate, widget=forms.DateInput),
        "offline_approval": forms.CharField(
            label="审批依据",
            max_length=200,
            required=False,
            help_text="留空：由您审批同事登记的参保名单。如已在线下审批，请填写审批人、日期和文件。",
        ),
    }
    return type("PremiumForm", (forms.Form,), fields)
