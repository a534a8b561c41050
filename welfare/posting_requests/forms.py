"""What finance fills in: income, an opening balance, which entries are to be reversed."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget

from union_portal.base.forms import DayField
from union_portal.base.intake.forms import PaperFormField
from union_portal.base.intake.kinds import SCANS
from union_portal.base.money import grouped
from welfare.books.enums import AccountKind
from welfare.books.models import Fund, LedgerAccount
from welfare.ledger.models import LedgerEntry, Posting
from welfare.posting_requests.models import PostingRequest

# More entries than these are not listed to tick: they are chosen on the posting's page, or taken whole.
LISTED = 50
_DOCUMENT = PostingRequest._meta.get_field("document")  # noqa: SLF001


def _today() -> Any:
    return timezone.localdate()


class _AskForm(forms.Form):
    document = forms.CharField(label="依据文件", max_length=100, help_text=str(_DOCUMENT.help_text))
    scan = PaperFormField(label="扫描件", accepts=SCANS, required=False)
    posted_on = DayField(label="记账日期", initial=_today)


class IncomeForm(_AskForm):
    """Income that has arrived."""

    fund = forms.ModelChoiceField(Fund.objects.filter(active=True), label="资金来源")
    account = forms.ModelChoiceField(LedgerAccount.objects.filter(kind=AccountKind.INCOME, active=True), label="科目")
    amount = forms.DecimalField(label="金额（元）", max_digits=14, decimal_places=2, min_value=0)
    occurred_on = DayField(label="到账日期", initial=_today)
    payer = forms.CharField(label="付款方", max_length=100)
    field_order = ("fund", "account", "amount", "occurred_on", "payer", "document", "scan", "posted_on")


class OpeningForm(_AskForm):
    """What a fund held when the year began."""

    fund = forms.ModelChoiceField(Fund.objects.all(), label="资金来源")
    amount = forms.DecimalField(
        label="期初结余（元）",
        max_digits=14,
        decimal_places=2,
        min_value=0,
        help_text="记账日期所在年度 1 月 1 日的结余；没有结余请填 0。",
    )
    field_order = ("fund", "amount", "document", "scan", "posted_on")


class ReversalForm(_AskForm):
    """Why the entries are to be taken back."""

    reason = forms.CharField(label="原因", max_length=100, help_text="请勿填写姓名。")
    field_order = ("entries", "whole", "reason", "document", "scan", "posted_on")


class EntriesField(forms.ModelMultipleChoiceField[LedgerEntry]):
    """Entries as their line, account, day and amount."""

    def label_from_instance(self, obj: Any) -> str:
        """Say which entry it is."""
        return f"第 {obj.line} 行　{obj.account}　{obj.occurred_on:%Y-%m-%d}　{grouped(obj.amount)} 元"


def reversal_form(posting: Posting, *, chosen: Sequence[str]) -> type[forms.Form]:
    """Return the form for a posting: what was ticked on its page, all of a short one, or the whole of it."""
    standing: QuerySet[LedgerEntry] = LedgerEntry.objects.filter(posting=posting).standing().select_related("account")
    ticked = [int(key) for key in chosen if key.isdecimal()]
    offered = standing.filter(pk__in=ticked) if ticked else standing
    fields: dict[str, Any] = {}
    if ticked or offered.count() <= LISTED:
        fields["entries"] = EntriesField(
            offered,
            label="要冲销的明细",
            widget=UnfoldAdminCheckboxSelectMultipleWidget,
            initial=[entry.pk for entry in offered] if ticked or posting.entry_count == 1 else [],
        )
    else:
        fields["whole"] = forms.BooleanField(
            label=f"冲销全部 {offered.count():,} 笔有效明细", help_text="只冲销其中几笔：请在台账单页面勾选。"
        )
    return type("ChosenReversalForm", (ReversalForm,), fields)
