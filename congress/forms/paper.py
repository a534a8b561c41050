"""The signed paper form as the office enters it, body by body."""

from typing import Any

from django import forms
from django.core.validators import FileExtensionValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from congress.models import Congress, Delegation, ProposalCategory, ProposalDrive

SCANS = ("pdf", "jpg", "jpeg", "png")
LARGEST = 20 * 1024 * 1024


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
    received_at = forms.DateTimeField(
        label=_("received"),
        widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}),
        help_text=_("When the paper reached the office; after the close it becomes a suggestion."),
    )
    scan = forms.FileField(
        label=_("scan of the form"),
        validators=[FileExtensionValidator(SCANS)],
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
    )

    def clean(self) -> dict[str, Any]:
        """Ask for one author, and for a scan that is not too large."""
        words = super().clean() or {}
        if bool(words.get("proposer")) == bool(words.get("delegation")):
            self.add_error("proposer", _("Name either the delegate or the delegation."))
        scan = words.get("scan")
        if scan is not None and scan.size > LARGEST:
            self.add_error("scan", _("The scan is larger than 20 MB; scan it in grey or with fewer dots per inch."))
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
