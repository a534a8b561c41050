"""What the steps of a mutual-aid plan ask for."""

from typing import Any

from django import forms

from union_portal.base.forms import DayField
from welfare.approvals.forms import PaperApprovalForm
from welfare.ledger.forms import PostingForm
from welfare.mutual_aid.models import Cover, MutualAidPlan
from welfare.mutual_aid.services.premiums import Term, open_terms


class EnrolForm(forms.ModelForm[Cover]):
    """A list of people, the term it is for, and where it comes from."""

    file = forms.FileField(label="名单（xlsx 或 csv，含工号、姓名两列，可有身份证号）")
    field_order = ("file",)

    class Meta:
        model = Cover
        fields = ("source", "starts_on", "paid_on", "premium")
        field_classes = {"starts_on": DayField, "paid_on": DayField}
        help_texts = {"premium": "每人保费，留空则按计划的保费。"}


def premium_form(_admin: Any, _request: Any, plan: MutualAidPlan) -> type[PostingForm]:
    """Return the form for posting the premium of one of the plan's terms that are not posted yet."""
    terms = {term.key: term for term in open_terms(plan=plan)}
    return type("PremiumForm", (PostingForm,), {"term": _term_field(terms), "field_order": ("term",)})


def paper_form(_admin: Any, _request: Any, plan: MutualAidPlan) -> type[PaperApprovalForm]:
    """Return the form for the approval on paper of one of the plan's terms that need one."""
    # One paper speaks of the whole term, whoever bears it.
    whole = {(term.starts_on, term.paid_on): term for term in reversed(open_terms(plan=plan)) if term.takes_paper}
    terms = {term.key: term for term in whole.values()}
    return type("PremiumPaperForm", (PaperApprovalForm,), {"term": _term_field(terms), "field_order": ("term",)})


def _term_field(terms: dict[str, Term]) -> forms.TypedChoiceField:
    choices = [(key, str(term)) for key, term in terms.items()]
    return forms.TypedChoiceField(label="保障期", choices=choices, coerce=terms.__getitem__)
