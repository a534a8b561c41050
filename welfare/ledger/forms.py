"""What finance fills in: the fund a posting is paid from, the official voucher."""

from django import forms
from django.utils import timezone

from union_portal.base.forms import DayField
from welfare.books.enums import AccountKind
from welfare.books.models import Fund, LedgerAccount
from welfare.ledger.models import VoucherNote


class PostingForm(forms.Form):
    """Which fund pays and when."""

    fund = forms.ModelChoiceField(Fund.objects.all(), label="资金来源")
    posted_on = DayField(label="记账日期", initial=timezone.localdate)


class SpendingForm(PostingForm):
    """Which fund pays, under which account, and when."""

    account = forms.ModelChoiceField(LedgerAccount.objects.filter(kind=AccountKind.EXPENSE, active=True), label="科目")
    field_order = ("fund", "account")


VoucherForm = forms.modelform_factory(
    VoucherNote, fields=("voucher_number", "voucher_date"), field_classes={"voucher_date": DayField}
)
