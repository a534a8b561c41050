"""Beginning a report on proposals."""

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget

from congress.models import Congress, Session


class BeginReportForm(forms.Form):
    """Which sessions the report accounts for: some by name, or a whole term."""

    sessions = forms.ModelMultipleChoiceField(
        Session.objects.accountable().order_by("-convened_on"),
        label=_("sessions"),
        required=False,
        widget=UnfoldAdminCheckboxSelectMultipleWidget,
    )
    term = forms.ModelChoiceField(
        Congress.objects.all(), label=_("or all sessions of a term"), required=False, empty_label=_("no term")
    )
    title = forms.CharField(
        label=_("title"), max_length=200, required=False, help_text=_("Left empty: named after the sessions.")
    )
