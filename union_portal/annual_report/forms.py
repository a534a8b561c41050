"""What people fill in about a report."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from union_portal.annual_report.models import AnnualReport, Outline


class StartForm(forms.Form):
    """A new report: which outline, over which days."""

    outline = forms.ModelChoiceField(Outline.objects.all(), label=_("outline"))
    period_start = forms.DateField(label=_("period from"), widget=forms.DateInput(attrs={"type": "date"}))
    period_end = forms.DateField(label=_("period to"), widget=forms.DateInput(attrs={"type": "date"}))

    def clean(self) -> dict[str, Any]:
        """The period must not end before it began."""
        data = super().clean() or {}
        start, end = data.get("period_start"), data.get("period_end")
        if start and end and end < start:
            self.add_error("period_end", _("The period ends after it began."))
        return data


class HeadForm(forms.ModelForm[AnnualReport]):
    """What stands around the text: title, occasion, speaker, signature."""

    class Meta:
        model = AnnualReport
        fields = ["title", "occasion", "speaker", "signer", "signed_on"]
        widgets = {"signed_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}


class ReasonForm(forms.Form):
    """A revision's reason."""

    reason = forms.CharField(label=_("reason of the revision"), max_length=200)
