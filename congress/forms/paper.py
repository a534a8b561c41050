"""Signed papers as the office enters them: the proposal form, the same form mended, a department's reply."""

from typing import Any

from django import forms
from django.core.validators import FileExtensionValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from congress.forms.answering import ReplyForm
from congress.forms.handling import day_field
from congress.models import Congress, Delegation, Proposal, ProposalCategory, ProposalDrive

SCANS = ("pdf", "jpg", "jpeg", "png")
LARGEST = 20 * 1024 * 1024


def _scan(label: Any) -> forms.FileField:
    return forms.FileField(
        label=label,
        validators=[FileExtensionValidator(SCANS), _not_too_large],
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
    )


def _not_too_large(scan: Any) -> None:
    if scan.size > LARGEST:
        raise forms.ValidationError(
            _("The scan is larger than 20 MB; scan it in grey or with fewer dots per inch."), code="large"
        )


def _received(help_text: Any) -> forms.DateTimeField:
    return forms.DateTimeField(
        label=pgettext_lazy("paper form", "received"),
        widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}),
        help_text=help_text,
    )


class PaperForm(forms.Form):
    """People are named as on the paper: by name, or by staff number where two have one name."""

    congress = forms.ModelChoiceField(label=_("body"), queryset=Congress.objects.none())
    proposer = forms.CharField(
        label=_("proposer"), max_length=64, required=False, help_text=_("Name or staff number; empty for a delegation.")
    )
    delegation = forms.ModelChoiceField(
        label=_("delegation as a body"),
        queryset=Delegation.objects.none(),
        required=False,
        help_text=_("Only where the delegation proposes as a body."),
    )
    seconders = forms.CharField(
        label=_("seconders who signed"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Names or staff numbers, divided by commas."),
    )
    title = forms.CharField(label=_("subject (案由)"), max_length=100)
    category = forms.ModelChoiceField(label=_("category"), queryset=ProposalCategory.objects.filter(in_use=True))
    grounds = forms.CharField(label=_("reasons (理由)"), widget=forms.Textarea(attrs={"rows": 6}))
    measures = forms.CharField(label=_("measures proposed (建议)"), widget=forms.Textarea(attrs={"rows": 6}))
    received_at = _received(_("When the paper reached the office; after the close it becomes a suggestion."))
    scan = _scan(_("scan of the form"))

    def clean(self) -> dict[str, Any]:
        """Ask for one author."""
        words = super().clean() or {}
        if bool(words.get("proposer")) == bool(words.get("delegation")):
            self.add_error("proposer", _("Name either the delegate or the delegation."))
        return words


def paper_form(drive: ProposalDrive) -> type[PaperForm]:
    """Return the form for one drive: its bodies and their delegations, received now."""

    class Form(PaperForm):
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            bodies = Congress.objects.filter(sittings__session=drive.session_id).distinct()
            congress, delegation = self.fields["congress"], self.fields["delegation"]
            if isinstance(congress, forms.ModelChoiceField) and isinstance(delegation, forms.ModelChoiceField):
                congress.queryset = bodies
                congress.initial = bodies.first() if len(bodies) == 1 else None
                delegation.queryset = Delegation.objects.filter(congress__in=bodies).select_related("congress")
            self.fields["received_at"].initial = timezone.localtime()

    return Form


class PaperAgainForm(forms.Form):
    """The returned form, mended and signed anew."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    seconders = forms.CharField(
        label=_("seconders who signed"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("As signed on the new form: names or staff numbers, divided by commas."),
    )
    title = forms.CharField(label=_("subject (案由)"), max_length=100)
    category = forms.ModelChoiceField(label=_("category"), queryset=ProposalCategory.objects.filter(in_use=True))
    grounds = forms.CharField(label=_("reasons (理由)"), widget=forms.Textarea(attrs={"rows": 6}))
    measures = forms.CharField(label=_("measures proposed (建议)"), widget=forms.Textarea(attrs={"rows": 6}))
    received_at = _received(_("When the new form reached the office; a returned form keeps its number, also late."))
    scan = _scan(_("scan of the new form"))


def paper_again_initial(proposal: Proposal) -> dict[str, Any]:
    """Return the form as it was entered, received now."""
    signed = proposal.secondings.given().select_related("delegate__person").order_by("pk")
    people = [one.delegate.person for one in signed]
    names = [one.name for one in people]
    return {
        "version": proposal.version,
        "seconders": "、".join(
            one.name if names.count(one.name) == 1 else one.staff_number or one.name for one in people
        ),
        "title": proposal.title,
        "category": proposal.category_id,
        "grounds": proposal.grounds,
        "measures": proposal.measures,
        "received_at": timezone.localtime(),
    }


class PaperReplyForm(ReplyForm):
    """A department's signed reply: what it says, when it came and who signed it."""

    received_on = day_field(
        label=pgettext_lazy("paper form", "received"),
        help_text=_("The day the signed reply reached the office; it decides whether it is in time."),
    )
    signed_by = forms.CharField(
        label=pgettext_lazy("paper reply", "signed by"),
        max_length=64,
        help_text=_("Who signed the paper, with the office held."),
    )
    scan = _scan(_("scan of the reply"))
    field_order = ("received_on", "signed_by", "kind", "text", "promised_on", "reason", "scan")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["version"]
        self.fields["text"].required = True
