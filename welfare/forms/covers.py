"""What the steps of a mutual-aid plan ask for."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from welfare.models import Fund, MutualAidPlan
from welfare.services.covers import Term, open_terms


class EnrolForm(forms.Form):
    """A list of people, the term it is for, and where it comes from."""

    file = forms.FileField(label=gettext_lazy("list (xlsx or csv: 工号, 姓名)"))
    source = forms.CharField(label=gettext_lazy("source of the list"), max_length=200)
    starts_on = forms.DateField(label=gettext_lazy("first day of cover"), widget=forms.DateInput)
    paid_on = forms.DateField(label=gettext_lazy("premium paid on"), initial=timezone.localdate, widget=forms.DateInput)
    premium = forms.DecimalField(
        label=gettext_lazy("premium per person (yuan)"),
        max_digits=10,
        decimal_places=2,
        min_value=0,
        required=False,
        help_text=gettext_lazy("Empty: the plan's premium."),
    )
    offline_approval = forms.CharField(
        label=gettext_lazy("approved on paper"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Who approved it, when, and the document."),
    )


class EnrolmentForm(forms.Form):
    """The list that was looked at, sealed, to be confirmed."""

    sealed = forms.CharField(widget=forms.HiddenInput)


def in_words(term: Term) -> str:
    """Say what a term's premium comes to."""
    return _("from %(start)s, paid on %(paid)s: %(heads)s people, %(total)s yuan") % {
        "start": term.starts_on,
        "paid": term.paid_on,
        "heads": f"{term.heads:,}",
        "total": f"{term.total:,.2f}",
    }


def premium_form(_admin: Any, _request: Any, plan: MutualAidPlan) -> type[forms.Form]:
    """Return the form for posting a term's premium: one of the terms that are not posted yet, and the fund."""
    terms = {f"{term.starts_on}/{term.paid_on}": term for term in open_terms(plan=plan)}
    fields: dict[str, forms.Field] = {
        "term": forms.TypedChoiceField(
            label=_("term"),
            choices=[(key, in_words(term)) for key, term in terms.items()],
            coerce=terms.__getitem__,
        ),
        "fund": forms.ModelChoiceField(Fund.objects.all(), label=_("fund")),
        "posted_on": forms.DateField(label=_("posted on"), initial=timezone.localdate, widget=forms.DateInput),
        "offline_approval": forms.CharField(
            label=_("approved on paper"),
            max_length=200,
            required=False,
            help_text=_(
                "Empty: you approve what a colleague enrolled. Filled in when it was approved before it came into "
                "the portal: who, when, and the document."
            ),
        ),
    }
    return type("PremiumForm", (forms.Form,), fields)
