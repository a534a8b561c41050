"""What finance fills in: the fund a posting is paid from, the official voucher."""

from django import forms
from django.utils import timezone

from union_portal.base.forms import DayField
from welfare.books.models import Fund
from welfare.ledger.models import VoucherNote


class PostingForm(forms.Form):
    """Which fund pays and when."""

    fund = forms.ModelChoiceField(Fund.objects.all(), label="资金来源")
    posted_on = DayField(label="记账日期", initial=timezone.localdate)


VoucherForm = forms.modelform_factory(
    VoucherNote, fields=("voucher_number", "voucher_date"), field_classes={"voucher_date": DayField}
)
