"""The sub-ledger on the desk: postings with their vouchers, single entries taken back."""

import datetime as dt
from typing import Any

from django.contrib import admin
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

    list_display = ("__str__", "kind", "summary", "posted_on", "entry_count", "yuan", "prepared_by", "approved_by")
    list_filter = ("book", "year", "kind")
    search_fields = ("summary", "source_key")
    list_select_related = ("book", "prepared_by", "approved_by")
    exclude = ("source_key",)
    actions_list = ("verify",)
    actions_detail = ("note_voucher",)

    @display(description="合计（元）", ordering="total")
    def yuan(self, posting: Posting) -> str:
        return f"{posting.total:,.2f}"

    @object_action(
        description="核验台账",
        permission="welfare.view_posting",
        confirmation=lambda *_args: "将重新计算每张台账单的校验值，不改动任何数据。",
        icon="verified",
    )
    def verify(self, request: HttpRequest, subject: None) -> str:  # noqa: ARG002
        fault = next(iter(verification.verify()), None)
        return f"发现篡改：{fault}" if fault else "台账完整：每张台账单的校验均一致。"

    @object_action(
        description="登记正式凭证",
        permission="welfare.note_voucher",
        form=VoucherForm,
        icon="receipt_long",
    )
    def note_voucher(self, request: HttpRequest, subject: Posting, **voucher: Any) -> str:
        note = vouchers.note_voucher(posting=subject, noted_by=account_of(request), **voucher)
        return f"已登记凭证号 {note.voucher_number}。"


@admin.register(LedgerEntry)
class LedgerEntryAdmin(ReadOnlyModelAdmin[LedgerEntry]):
    """Entries; one can be reversed, once."""

    list_display = ("posting", "line", "account", "fund", "yuan", "occurred_on", "standing")
    list_filter = ("posting__book", "posting__year", "account", "fund")
    search_fields = ("posting__summary",)
    list_select_related = ("posting__book", "account", "fund", "reversed_by", "reverses")
    date_hierarchy = "occurred_on"
    actions_detail = ("reverse_entry",)

    @display(description="金额（元）", ordering="amount")
    def yuan(self, entry: LedgerEntry) -> str:
        return f"{entry.amount:,.2f}"

    @display(description="状态")
    def standing(self, entry: LedgerEntry) -> str:
        if entry.reverses_id:
            return "冲销"
        return "已冲销" if hasattr(entry, "reversed_by") else "有效"

    @object_action(
        description="冲销这笔明细",
        permission="welfare.reverse_entry",
        form=ReverseForm,
        offered=lambda entry: entry.reverses_id is None and not hasattr(entry, "reversed_by"),
        confirmation=lambda _admin, _request, entry: f"将另开一张台账单冲回 {entry.amount:,.2f} 元，原明细保持不变。",
        icon="undo",
        grave=True,
    )
    def reverse_entry(
        self, request: HttpRequest, subject: LedgerEntry, reason: str, offline_approval: str, posted_on: dt.date
    ) -> str:
        posting = reversal.reverse_entries(
            entries=[subject],
            reason=reason,
            posted_on=posted_on,
            approval=ledger.Approval(prepared_by=account_of(request), offline_approval=offline_approval),
        )
        return f"已由 {posting} 冲销。"
