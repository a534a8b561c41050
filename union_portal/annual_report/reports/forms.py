"""What the chair's office fills in to head and revise a report."""

from django import forms

from union_portal.annual_report.reports.models import AnnualReport
from union_portal.base.forms import DayField


class HeadForm(forms.ModelForm[AnnualReport]):
    """What stands around the text: title, occasion, speaker, signature."""

    class Meta:
        model = AnnualReport
        fields = ["title", "occasion", "speaker", "signer", "signed_on"]
        field_classes = {"signed_on": DayField}
        widgets = {"signed_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}


class ReasonForm(forms.Form):
    """A revision's reason."""

    reason = forms.CharField(label="修订原因", max_length=200)
