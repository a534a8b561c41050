"""What the chair's office fills in to head and revise a report."""

from typing import Any

from django import forms

from union_portal.annual_report.reports.models import AnnualReport
from union_portal.annual_report.reports.services.freezing import still_running
from union_portal.base.forms import DayField


class HeadForm(forms.ModelForm[AnnualReport]):
    """What stands around the text: title, occasion, speaker, signature, and whether its sources follow."""

    class Meta:
        model = AnnualReport
        fields = ["title", "occasion", "speaker", "signer", "signed_on", "sources"]
        field_classes = {"signed_on": DayField}


class ReasonForm(forms.Form):
    """A revision's reason."""

    reason = forms.CharField(label="修订原因", max_length=200)


class SendBackForm(forms.Form):
    """Why a report is not frozen as it stands."""

    why = forms.CharField(label="退回原因", max_length=200)


def second_look(_admin: Any, _request: Any, report: AnnualReport) -> type[forms.Form]:
    """Return the form of a step towards the freeze: while the period runs it asks for a second look."""
    words = still_running(report)
    if not words:
        return forms.Form
    aware = forms.BooleanField(label="统计期尚未结束，仍按今天的数据定稿", help_text=words)
    return type("SecondLookForm", (forms.Form,), {"aware": aware})
