"""What each step of a round asks for."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget

from members.enums import Employment, Gender, MembershipState, PersonKind, PostCategory
from members.models import Branch, CohortKind, Person
from welfare.enums import GrantState
from welfare.models import Round
from welfare.services.selection import TIERS, Selection, tier_label

_MONTHS = [(month, f"{month}月") for month in range(1, 13)]
_TIER_LABELS = {
    "employment": _("employment"),
    "post_category": _("post category"),
    "kind": _("kind of person"),
    "gender": _("gender"),
}


def _many(label: Any, choices: Any) -> forms.TypedMultipleChoiceField:
    return forms.TypedMultipleChoiceField(
        label=label, choices=choices, required=False, widget=UnfoldAdminCheckboxSelectMultipleWidget, coerce=str
    )


class SelectionForm(forms.Form):
    """Whom a round is for, as a rule over the register on the cut-off date."""

    cut_off_on = forms.DateField(label=_("cut-off date"), widget=forms.DateInput)
    members = forms.BooleanField(label=_("members"), required=False, initial=True)
    membership = _many(_("membership"), MembershipState.choices)
    non_members = forms.BooleanField(label=_("non-members"), required=False)
    kinds = _many(_("kind of person"), PersonKind.choices)
    employment = _many(_("employment"), Employment.choices)
    post_categories = _many(_("post category"), PostCategory.choices)
    branches = forms.ModelMultipleChoiceField(
        Branch.objects.none(), label=_("branches"), required=False, help_text=_("None chosen: all branches.")
    )
    gender = forms.ChoiceField(label=_("gender"), choices=[("", _("all")), *Gender.choices], required=False)
    cohorts = forms.ModelMultipleChoiceField(CohortKind.objects.all(), label=_("special groups"), required=False)
    age_from = forms.IntegerField(label=_("age from"), required=False, min_value=0, max_value=120)
    age_to = forms.IntegerField(label=_("age to"), required=False, min_value=0, max_value=120)
    birth_months = _many(_("born in"), _MONTHS)
    joined_before = forms.DateField(label=_("joined before"), required=False, widget=forms.DateInput)
    tier_by = forms.ChoiceField(
        label=_("tiers by"),
        choices=[("", _("no tiers")), *((key, _TIER_LABELS[key]) for key in TIERS)],
        required=False,
        help_text=_("Tiers may get different prices."),
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

    file = forms.FileField(label=_("list (xlsx or csv: 工号, 姓名)"))
    list_source = forms.CharField(label=_("source of the list"), max_length=200)


class ReasonForm(forms.Form):
    """A reason."""

    reason = forms.CharField(label=_("reason"), max_length=200, widget=forms.Textarea(attrs={"rows": 2}))


class PaperApprovalForm(forms.Form):
    """Who approved on paper, when, which document."""

    offline_approval = forms.CharField(
        label=_("approved on paper"), max_length=200, help_text=_("Who approved it, when, and the document.")
    )


class AddForm(ReasonForm):
    """A person by staff number, with the reason."""

    staff_number = forms.CharField(label=_("staff number"), max_length=32)
    field_order = ("staff_number", "reason")

    def clean_staff_number(self) -> str:
        """Keep the person for the step."""
        number: str = self.cleaned_data["staff_number"].strip()
        person = Person.objects.filter(staff_number=number).first()
        if person is None:
            raise ValidationError(gettext("Nobody in the register has this staff number; check it."))
        self.cleaned_data["person"] = person
        return number


class DayForm(forms.Form):
    """A day."""

    on = forms.DateField(label=_("day"), initial=timezone.localdate, widget=forms.DateInput)


class CollectForm(DayForm):
    """What was collected: by branch or all, perhaps by one on behalf of the others."""

    branch = forms.ModelChoiceField(Branch.objects.all(), label=_("branch"), required=False, empty_label=_("all"))
    received_by = forms.CharField(
        label=_("collected by (staff number)"),
        max_length=32,
        required=False,
        help_text=_("Only if one person collected for the others."),
    )

    def clean_received_by(self) -> Person | None:
        """Return the collector."""
        number = self.cleaned_data["received_by"].strip()
        if not number:
            return None
        person: Person | None = Person.objects.filter(staff_number=number).first()
        if person is None:
            raise ValidationError(gettext("Nobody in the register has this staff number; check it."))
        return person


class BuyForm(forms.Form):
    """An invoice."""

    supplier = forms.CharField(label=_("supplier"), max_length=100)
    invoice_number = forms.CharField(label=_("invoice number"), max_length=64)
    invoiced_on = forms.DateField(label=_("invoice date"), widget=forms.DateInput)
    quantity = forms.IntegerField(label=_("quantity"), min_value=1)
    amount = forms.DecimalField(label=_("amount (yuan)"), max_digits=12, decimal_places=2, min_value=0)
    posted_on = forms.DateField(label=_("posted on"), initial=timezone.localdate, widget=forms.DateInput)


class CloseForm(forms.Form):
    """The explanation of what does not add up."""

    explanation = forms.CharField(
        label=_("explanation of differences"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class SupplementForm(forms.Form):
    """A supplementary round: the price difference for everybody, or people who were left out."""

    cut_off_on = forms.DateField(label=_("cut-off date"), initial=timezone.localdate, widget=forms.DateInput)
    price_rise = forms.BooleanField(
        label=_("price difference for everybody on the first roster"),
        required=False,
        help_text=_("Otherwise the new round is for people who were left out."),
    )


class PayoutForm(forms.Form):
    """What the bank's list is for."""

    purpose = forms.CharField(label=_("purpose"), max_length=200, help_text=_("The export of card numbers is logged."))
    paid_too = forms.BooleanField(
        label=_("also who is already posted as paid"),
        required=False,
        help_text=_("Otherwise only who is still to be paid, and whose payment came back."),
    )


class SheetsForm(forms.Form):
    """Sign-off sheets for one branch or all."""

    branch = forms.ModelChoiceField(Branch.objects.all(), label=_("branch"), required=False, empty_label=_("all"))


def price_form(_admin: Any, _request: Any, round_: Round) -> type[forms.Form]:
    """Return the form for the unit price, with one price per tier where the roster has tiers."""
    fields: dict[str, forms.Field] = {
        "unit_price": forms.DecimalField(
            label=_("unit price (yuan)"), max_digits=12, decimal_places=2, min_value=0, initial=round_.unit_price
        ),
        "handed_out_on": forms.DateField(
            label=_("handed out on"), required=False, widget=forms.DateInput, initial=round_.handed_out_on
        ),
        "goods": forms.CharField(label=_("what is handed out"), max_length=200, required=False, initial=round_.goods),
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
                help_text=_("Empty: the unit price."),
            )
    return type("PriceForm", (forms.Form,), fields)
