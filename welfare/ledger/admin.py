"""The sub-ledger on the desk: postings with their vouchers, single entries taken back."""

import datetime as dt

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from union_portal.accounts.requests import account_of
from union_portal.base.admin import ReadOnlyModelAdmin, display, object_action
from welfare.ledger.forms import ReverseForm, VoucherForm
from welfare.ledger.models import LedgerEntry, Posting
from welfare.ledger.services import posting as ledger
from welfare.ledger.services import reversal, verification, vouchers


@admin.register(Posting)
class PostingAdmin(ReadOnlyModelAdmin[Posting]):
    """Postings, newest first."""

    list_display = ("__str__", "kind", "summary", "day", "entry_count", "yuan", "prepared_by", "approved_by")
    list_filter = ("book", "year", "kind")
    search_fields = ("summary", "source_key")
    list_select_related = ("book", "prepared_by", "approved_by")
    fields = (
        "book",
        "year",
        "number",
        "kind",
        "summary",
        "day",
        "entry_count",
        "yuan",
        "prepared_by",
        "approved_by",
        "offline_approval",
        "seal_before",
        "seal",
    )
    actions_list = ("verify",)
    actions_detail = ("note_voucher",)

    @display(description="上一张台账单的校验码")
    def seal_before(self, posting: Posting) -> str:
        """Show the link of the chain."""
        return posting.previous_hash

    @display(description="本单校验码")
    def seal(self, posting: Posting) -> str:
        """Show what the next posting holds on to."""
        return posting.hash

    @display(description="记账日期", ordering="posted_on")
    def day(self, posting: Posting) -> str:
        """Write the day as tables do."""
        return f"{posting.posted_on:%Y-%m-%d}"

    @display(description="合计（元）", ordering="total")
    def yuan(self, posting: Posting) -> str:
        """Write the sum with separators."""
        return f"{posting.total:,.2f}"

    @object_action(
        description="核验台账",
        permission="welfare.view_posting",
        confirmation=lambda *_args: "将重新计算每张台账单的校验值，不改动任何数据。",
        icon="verified",
    )
    def verify(self, request: HttpRequest, subject: None) -> str:  # noqa: ARG002
        """Say whether every seal holds, else name the first posting that was tampered with."""
        fault = next(iter(verification.verify()), None)
        if fault is None:
            return "台账完整：每张台账单的校验均一致。"
        return f"发现篡改：{fault}"

    @object_action(
        description="登记正式凭证",
        permission="welfare.note_voucher",
        form=VoucherForm,
        icon="receipt_long",
    )
    def note_voucher(self, request: HttpRequest, subject: Posting, voucher_number: str, voucher_date: dt.date) -> str:
        """Note number and date that finance has keyed."""
        note = vouchers.note_voucher(
            posting=subject, voucher_number=voucher_number, voucher_date=voucher_date, noted_by=account_of(request)
        )
        return f"已登记凭证号 {note.voucher_number}。"


@admin.register(LedgerEntry)
class LedgerEntryAdmin(ReadOnlyModelAdmin[LedgerEntry]):
    """Entries; one can be reversed, once."""

    list_display = ("posting", "line", "account", "fund", "yuan", "day", "standing")
    list_filter = ("posting__book", "posting__year", "account", "fund")
    search_fields = ("posting__summary",)
    list_select_related = ("posting__book", "account", "fund", "reversed_by", "reverses")
    date_hierarchy = "occurred_on"
    actions_detail = ("reverse_entry",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[LedgerEntry]:
        """Read what the columns show at once."""
        return super().get_queryset(request).select_related(*self.list_select_related)

    @display(description="日期", ordering="occurred_on")
    def day(self, entry: LedgerEntry) -> str:
        """Write the day as tables do."""
        return f"{entry.occurred_on:%Y-%m-%d}"

    @display(description="金额（元）", ordering="amount")
    def yuan(self, entry: LedgerEntry) -> str:
        """Write the amount with separators."""
        return f"{entry.amount:,.2f}"

    @display(description="状态")
    def standing(self, entry: LedgerEntry) -> str:
        """Tell a reversal, a reversed entry and a living one apart."""
        if entry.reverses_id:
            return "冲销"
        return "已冲销" if hasattr(entry, "reversed_by") else "有效"

    @object_action(
        description="冲销这笔明细",
        permission="welfare.reverse_entry",
        form=ReverseForm,
        offered=lambda entry: entry.reverses_id is None and not hasattr(entry, "reversed_by"),
        confirmation=lambda _admin, _request, entry: "将另开一张台账单冲回 {amount} 元，原明细保持不变。".format(
            amount=f"{entry.amount:,.2f}"
        ),
        icon="undo",
        grave=True,
    )
    def reverse_entry(
        self, request: HttpRequest, subject: LedgerEntry, reason: str, offline_approval: str, posted_on: dt.date
    ) -> str:
        """Reverse the entry."""
        posting = reversal.reverse_entries(
            entries=[subject],
            reason=reason,
            posted_on=posted_on,
            approval=ledger.Approval(prepared_by=account_of(request), offline_approval=offline_approval),
        )
        return f"已由 {posting} 冲销。"
