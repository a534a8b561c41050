"""What an officer fills in for a single grant, and finance for recorded ones."""

from typing import Any

from django import forms
from django.utils import timezone

from union_portal.base.forms import DayField, OnForm
from welfare.balances.forms import FundField
from welfare.books.models import Fund
from welfare.grants.services.recorded import papers_to_post


class PayForm(OnForm):
    """The day and the fund a case is paid from."""

    fund = FundField(Fund.objects.filter(active=True), label="资金来源")


def recorded_form(_admin: Any, _request: Any, _subject: None) -> type[forms.Form]:
    """Return the form for posting what lists recorded: the confirmed approval, and the day."""
    paper = forms.ModelChoiceField(papers_to_post(), label="线下审批", help_text="只列出已确认且尚有记录待记台账的。")
    day = DayField(label="记账日期", initial=timezone.localdate)
    return type("RecordedForm", (forms.Form,), {"paper": paper, "posted_on": day})
