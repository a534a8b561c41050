"""What an officer fills in for a single grant."""

from django import forms
from django.utils import timezone

from union_portal.base.forms import OnForm, ReasonForm
from welfare.books.models import Fund


class PayForm(OnForm):
    """The day and the fund a case is paid from."""

    fund = forms.ModelChoiceField(Fund.objects.filter(active=True), label="资金来源")


class ReturnForm(ReasonForm):
    """When a payment came back, and the bank's notice."""

    on = forms.DateField(label="日期", initial=timezone.localdate, widget=forms.DateInput)
