"""What the steps of a mutual-aid plan ask for."""

from typing import Any

from django import forms

from union_portal.base.forms import DayField
from welfare.ledger.forms import PostingForm
from welfare.mutual_aid.models import Cover, MutualAidPlan
from welfare.mutual_aid.services import open_terms


class EnrolForm(forms.ModelForm[Cover]):
    """A list of people, the term it is for, and where it comes from."""

    file = forms.FileField(label="名单（xlsx 或 csv，含工号、姓名两列）")
    field_order = ("file",)

    class Meta:
        model = Cover
        fields = ("source", "starts_on", "paid_on", "premium", "offline_approval")
        field_classes = {"starts_on": DayField, "paid_on": DayField}
        help_texts = {"premium": "每人保费，留空则按计划的保费。", "offline_approval": "由谁、何时、凭何文件批准。"}


def premium_form(_admin: Any, _request: Any, plan: MutualAidPlan) -> type[PostingForm]:
    """Return the form for posting the premium of one of the plan's terms that are not posted yet."""
    terms = {term.key: term for term in open_terms(plan=plan)}
    choices = [(key, str(term)) for key, term in terms.items()]
    term = forms.TypedChoiceField(label="保障期", choices=choices, coerce=terms.__getitem__)
    return type("PremiumForm", (PostingForm,), {"term": term, "field_order": ("term",)})
