"""What an officer fills in for an invoice."""

from django import forms
from django.utils import timezone


class BuyForm(forms.Form):
    """An invoice."""

    supplier = forms.CharField(label="供应商", max_length=100)
    invoice_number = forms.CharField(label="发票号码", max_length=64)
    invoiced_on = forms.DateField(label="开票日期", widget=forms.DateInput)
    quantity = forms.IntegerField(label="数量", min_value=1)
    amount = forms.DecimalField(label="金额（元）", max_digits=12, decimal_places=2, min_value=0)
    posted_on = forms.DateField(label="记账日期", initial=timezone.localdate, widget=forms.DateInput)
