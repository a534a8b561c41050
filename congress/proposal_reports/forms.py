"""Beginning a report on proposals."""

from django import forms
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget

from congress.bodies.models import Congress
from congress.proposal_reports.querysets import accountable
from congress.sessions.models import Session


class BeginReportForm(forms.Form):
    """Which sessions the report accounts for: some by name, or a whole term."""

    sessions = forms.ModelMultipleChoiceField(
        accountable(Session.objects.all()).order_by("-convened_on"),
        label="会议",
        required=False,
        widget=UnfoldAdminCheckboxSelectMultipleWidget,
    )
    term = forms.ModelChoiceField(
        Congress.objects.all(), label="或整届的全部会议", required=False, empty_label="不按届"
    )
    title = forms.CharField(label="标题", max_length=200, required=False, help_text="留空则按会议名称自动命名。")
