"""What is told with a finding that is raised about rows."""

from django import forms

from union_portal.base.forms import DayField
from welfare.audit.enums import ANSWERING, AuditState
from welfare.audit.models import Audit


class FindingForm(forms.Form):
    """The question, who answers it until when, and the audit it belongs to."""

    text = forms.CharField(label="问题", max_length=300, widget=forms.Textarea(attrs={"rows": 3}))
    asked_of = forms.ChoiceField(label="由谁答复", choices=[(one.value, one.label) for one in ANSWERING])
    due_on = DayField(label="答复期限", required=False)
    audit = forms.ModelChoiceField(
        Audit.objects.filter(state=AuditState.OPEN), label="经费审查", required=False, empty_label="不属于某次审查"
    )
