"""The sub-ledger on the desk: postings with their entries and vouchers; reversals are asked for here."""

import datetime as dt
from typing import Any

from django.contrib import admin
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from unfold.contrib.filters.admin import RangeDateFilter

from union_portal.accounts.requests import account_of
from union_portal.base.admin import ReadOnlyModelAdmin, display, object_action
from union_portal.base.files import give
from union_portal.base.money import grouped
from welfare.ledger.forms import VoucherForm
from welfare.ledger.models import LedgerEntry, Posting
from welfare.ledger.services import vouchers
from welfare.ledger_desk.admin.page import ROWS, lines, origin
from welfare.ledger_desk.services.searching import found_postings
from welfare.ledger_desk.tasks import ENTRIES_AT_ONCE, VERIFY, verdict
from welfare.posting_requests import services as requests
from welfare.posting_requests.forms import ReversalForm, reversal_form


def _ask(request: HttpRequest, posting: Posting, **told: Any) -> HttpResponseBase:
    entries = told.pop("entries", None)
    if told.pop("whole", False):
        entries = LedgerEntry.objects.filter(posting=posting).standing()
    made = requests.request_reversal(entries=entries or (), actor=account_of(request), **told)
    response: HttpResponseBase = redirect("admin:welfare_postingrequest_change", made.pk)
    return response


def _says_request(_admin: Any, _request: HttpRequest, _subject: Any) -> str:
    return "提交后由另一人批准；批准后另开一张台账单冲回，原明细保持不变，所付的发票、慰问随之作废或待重新发放。"


@admin.register(Posting)
class PostingAdmin(ReadOnlyModelAdmin[Posting]):
    """Postings, newest first."""

    list_display = ("summary", "numbered", "posted_on", "entries_shown", "approved_shown", "yuan")
    export_also = ("kind", "prepared_by", "posted_by")
    list_filter = ("book", "year", "kind", "posted_on")
    search_fields = ("summary",)
    search_help_text = "编号（如 2026-00044）、发票号码、供应商、摘要、凭证号或金额"
    list_select_related = ("book", "prepared_by", "approved_by", "posted_by", "paper_approval__approver")
    fieldsets = (
        (
            # What stands above says all of it in words.
            "登记信息",
            {
                "classes": ("collapse",),
                "fields": (
                    *("book", "year", "number", "kind", "summary", "posted_on", "posted_at"),
                    *("prepared_by", "approved_by", "posted_by", "paper_approval", "offline_approval"),
                    *("entry_count", "total"),
                ),
            },
        ),
        ("校验码", {"classes": ("collapse",), "fields": ("previous_hash", "hash")}),
    )
    change_form_outer_before_template = "welfare/ledger_desk/posting.html"
    actions_list = ("verify",)
    actions_detail = ("request_reversal", "note_voucher")

    @display(description="编号", ordering="pk")
    def numbered(self, posting: Posting) -> str:
        return str(posting)

    @display(description="合计（元）", ordering="total")
    def yuan(self, posting: Posting) -> str:
        return grouped(posting.total)

    @display(description="审批人", ordering="approved_by")
    def approved_shown(self, posting: Posting) -> str:
        """Name who approved on paper too."""
        paper = posting.paper_approval
        return (
            f"{paper.approver}（线下）" if paper is not None else str(posting.approved_by or posting.offline_approval)
        )

    @display(description="明细", ordering="entry_count")
    def entries_shown(self, posting: Posting) -> str:
        """Lead to the entries in their own list."""
        asked = urlencode(
            {"q": f"{posting.year}-{posting.number:05d}", "posting__book__id__exact": str(posting.book_id)}
        )
        return format_html(
            '<a href="{}?{}">{} 笔</a>',
            *(reverse("admin:welfare_ledgerentry_changelist"), asked, f"{posting.entry_count:,}"),
        )

    def get_search_results(
        self, request: HttpRequest, queryset: "QuerySet[Posting]", search_term: str
    ) -> "tuple[QuerySet[Posting], bool]":
        """Find by number, invoice, supplier, voucher, words and amount."""
        del request
        return (queryset.filter(pk__in=found_postings(search_term).values("pk")) if search_term else queryset), False

    def above_form(self, request: HttpRequest, subject: Posting) -> dict[str, Any]:
        """Put the entries, where they come from and the vouchers above the form."""
        entries = LedgerEntry.objects.filter(posting=subject).select_related(
            "account", "fund", "reversed_by__posting__book", "reverses__posting__book"
        )
        page = Paginator(entries.order_by("line"), ROWS).get_page(request.GET.get("page"))
        may_ask = request.user.has_perm("welfare.enter_postingrequest", subject)
        return {
            "posting": subject,
            "page": page,
            "lines": lines(page.object_list, request.user),
            "origin": origin(subject),
            "vouchers": subject.vouchers.select_related("noted_by"),
            "ask_at": reverse("admin:welfare_posting_request_reversal", args=[subject.pk]) if may_ask else "",
        }

    @object_action(
        description="核验台账",
        permission="welfare.view_posting",
        confirmation=lambda *_args: "将重新计算每张台账单的校验值，不改动任何数据。",
        icon="verified",
    )
    def verify(self, request: HttpRequest, subject: None) -> HttpResponseBase | str:  # noqa: ARG002
        entries = LedgerEntry.objects.order_by()[: ENTRIES_AT_ONCE + 1].count()
        if entries <= ENTRIES_AT_ONCE:
            return verdict()
        answer: HttpResponseBase = give(request, key=VERIFY, asked={}, title="核验台账", rows=entries)
        return answer

    @object_action(
        description="申请冲销",
        permission="welfare.enter_postingrequest",
        form=lambda _admin, request, posting: reversal_form(posting, chosen=request.GET.getlist("entry")),
        offered=lambda posting: LedgerEntry.objects.filter(posting=posting).standing().exists(),
        confirmation=_says_request,
        icon="undo",
        grave=True,
    )
    def request_reversal(self, request: HttpRequest, subject: Posting, **told: Any) -> HttpResponseBase:
        """Go to the request, which waits for a second person."""
        return _ask(request, subject, **told)

    @object_action(
        description="登记正式凭证",
        permission="welfare.note_voucher",
        form=VoucherForm,
        icon="receipt_long",
    )
    def note_voucher(self, request: HttpRequest, subject: Posting, voucher_number: str, voucher_date: dt.date) -> str:
        note = vouchers.note_voucher(
            posting=subject,
            noted_by=account_of(request),
            voucher_number=voucher_number,
            voucher_date=voucher_date,
        )
        return f"已登记凭证号 {note.voucher_number}。"


@admin.register(LedgerEntry)
class LedgerEntryAdmin(ReadOnlyModelAdmin[LedgerEntry]):
    """Entries; each leads to its posting."""

    list_display = ("account", "posting_shown", "fund", "occurred_on", "standing", "yuan")
    export_also = ("line",)
    list_filter = (
        "posting__book",
        "posting__year",
        "posting__kind",
        "account",
        "fund",
        ("occurred_on", RangeDateFilter),
    )
    search_fields = ("posting__summary",)
    search_help_text = PostingAdmin.search_help_text
    list_select_related = ("posting__book", "account", "fund", "reversed_by", "reverses")
    exclude = ("subject_kind", "subject_id")
    # As they were posted, by the key: to sort by year and number every entry would be joined with its posting.
    ordering = ("-posting_id", "-line")
    actions_detail = ("request_reversal",)

    @display(description="台账单", ordering="posting")
    def posting_shown(self, entry: LedgerEntry) -> str:
        """Lead to the posting."""
        return format_html(
            '<a href="{}">{}</a>', reverse("admin:welfare_posting_change", args=[entry.posting_id]), entry.posting
        )

    @display(description="金额（元）", ordering="amount")
    def yuan(self, entry: LedgerEntry) -> str:
        return grouped(entry.amount)

    @display(description="状态", label={"taken_back": "warning"})
    def standing(self, entry: LedgerEntry) -> tuple[str, str]:
        if entry.reverses_id:
            return "reversal", "冲销"
        return ("taken_back", "已冲销") if hasattr(entry, "reversed_by") else ("", "有效")

    def get_search_results(
        self, request: HttpRequest, queryset: "QuerySet[LedgerEntry]", search_term: str
    ) -> "tuple[QuerySet[LedgerEntry], bool]":
        """Find by what finds the posting."""
        del request
        if not search_term:
            return queryset, False
        return queryset.filter(posting__in=found_postings(search_term).values("pk")), False

    @object_action(
        description="申请冲销这笔明细",
        permission="welfare.enter_postingrequest",
        form=ReversalForm,
        offered=lambda entry: entry.reverses_id is None and not hasattr(entry, "reversed_by"),
        confirmation=_says_request,
        icon="undo",
        grave=True,
    )
    def request_reversal(self, request: HttpRequest, subject: LedgerEntry, **told: Any) -> HttpResponseBase:
        """Go to the request, which waits for a second person."""
        return _ask(request, subject.posting, **{**told, "entries": [subject]})
