"""What an officer fills in for an invoice."""

from django import forms
from django.utils import timezone

from union_portal.base.forms import DayField
from welfare.purchases.models import Purchase


class BuyForm(forms.ModelForm[Purchase]):
    """An invoice, and the day it is posted."""

    posted_on = DayField(label="记账日期", initial=timezone.localdate)

    class Meta:
        model = Purchase
        fields = ("supplier", "invoice_number", "invoiced_on", "quantity", "amount", "scan")
        field_classes = {"invoiced_on": DayField}
