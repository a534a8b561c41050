"""What the chair's office fills in to start, head and revise a report."""

from typing import Any

from django import forms

from union_portal.annual_report.outlines.models import Outline
from union_portal.annual_report.reports.models import AnnualReport


class StartForm(forms.Form):
    """A new report: which outline, over which days."""

    outline = forms.ModelChoiceField(Outline.objects.all(), label="提纲")
    period_start = forms.DateField(label="期间起", widget=forms.DateInput(attrs={"type": "date"}))
    period_end = forms.DateField(label="期间止", widget=forms.DateInput(attrs={"type": "date"}))

    def clean(self) -> dict[str, Any]:
        """The period must not end before it began."""
        data = super().clean() or {}
        start, end = data.get("period_start"), data.get("period_end")
        if start and end and end < start:
            self.add_error("period_end", "期间的结束日期应晚于开始日期。")
        return data


class HeadForm(forms.ModelForm[AnnualReport]):
    """What stands around the text: title, occasion, speaker, signature."""

    class Meta:
        model = AnnualReport
        fields = ["title", "occasion", "speaker", "signer", "signed_on"]
        widgets = {"signed_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}


class ReasonForm(forms.Form):
    """A revision's reason."""

    reason = forms.CharField(label="修订原因", max_length=200)
