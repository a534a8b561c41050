"""What an officer fills in for an invoice."""

from django import forms
from django.utils import timezone

from union_portal.base.forms import DayField
from union_portal.base.intake.forms import PaperFormField
from welfare.purchases.models import Purchase


class BuyForm(forms.ModelForm[Purchase]):
    """An invoice, and the day it is posted."""

    posted_on = DayField(label="记账日期", initial=timezone.localdate)

    class Meta:
        model = Purchase
        fields = ("supplier", "invoice_number", "invoiced_on", "quantity", "amount", "scan")
        field_classes = {"invoiced_on": DayField}


class ScanForm(forms.Form):
    """The scan of an invoice that was entered without one."""

    purchase = forms.ModelChoiceField(Purchase.objects.none(), label="发票")
    scan = PaperFormField(label="发票扫描件")
