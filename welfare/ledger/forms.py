"""What finance fills in: the fund a posting is paid from, the official voucher."""

from django import forms
from django.utils import timezone

from union_portal.base.forms import DayField
from welfare.books.models import Fund
from welfare.ledger.models import VoucherNote


class PostingForm(forms.Form):
    """Which fund pays and when, and who approved it on paper."""

    fund = forms.ModelChoiceField(Fund.objects.all(), label="资金来源")
    posted_on = DayField(label="记账日期", initial=timezone.localdate)
    offline_approval = forms.CharField(
        label="审批依据",
        max_length=200,
        required=False,
        help_text="留空：由您审批同事登记的名单。如已在线下审批，请填写审批人、日期和文件。",
    )


VoucherForm = forms.modelform_factory(
    VoucherNote, fields=("voucher_number", "voucher_date"), field_classes={"voucher_date": DayField}
)
