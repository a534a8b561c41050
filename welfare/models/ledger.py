"""The sub-ledger: postings and entries, written once, numbered and chained by the database.

Entries are written first, under the posting's reserved key; inserting the posting numbers it under a lock, sums its
entries and seals them with a hash. The triggers are in the migrations.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from union_portal.base.models import AppendOnlyModel
from welfare.enums import PostingKind
from welfare.models.books import Book, Fund, LedgerAccount
from welfare.models.grants import Grant


class TransactionIdField(models.BigIntegerField[int, int]):
    """PostgreSQL's 64-bit transaction id, set by the database."""

    def db_type(self, connection: object) -> str:  # noqa: ARG002
        """Return the column type."""
        return "xid8"


class CurrentTransaction(Func):
    function = "pg_current_xact_id"
    output_field = TransactionIdField()


class Posting(AppendOnlyModel):
    """台账单. Number, year, totals and hashes are the database's; whatever the caller supplies there is overwritten."""

    book = models.ForeignKey(Book, models.PROTECT, related_name="postings", verbose_name=_("book"))
    year = models.PositiveSmallIntegerField(_("fiscal year"))
    number = models.PositiveIntegerField(_("number"))
    kind = models.CharField(_("kind"), max_length=16, choices=PostingKind.choices)
    summary = models.CharField(_("summary"), max_length=200)
    posted_on = models.DateField(_("posted"))
    posted_at = models.DateTimeField(_("time"), auto_now_add=True)
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("prepared by")
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("approved by")
    )
    offline_approval = models.CharField(_("approved on paper"), max_length=200, blank=True)
    source_key = models.CharField(_("source"), max_length=100, unique=True)
    entry_count = models.PositiveIntegerField(_("entries"))
    total = models.DecimalField(_("total (yuan)"), max_digits=16, decimal_places=2)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)
    transaction = TransactionIdField(db_default=CurrentTransaction(), editable=False)

    class Meta:
        verbose_name = _("posting")
        verbose_name_plural = _("postings")
        ordering = ["-year", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["book", "year", "number"], name="welfare_posting_number_once"),
            models.UniqueConstraint(fields=["id", "transaction"], name="welfare_posting_transaction"),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | Q(prepared_by__isnull=True) | ~Q(prepared_by=F("approved_by")),
                name="welfare_posting_four_eyes",
                violation_error_message=_("Two different people prepare and approve."),
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=False) | ~Q(offline_approval=""),
                name="welfare_posting_is_approved",
                violation_error_message=_("A posting needs an approval, in the portal or on paper."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.book.name} {self.year}-{self.number:05d}"


class LedgerEntry(AppendOnlyModel):
    """台账明细: an amount on an account; no names, no illness. Expense and income are positive, reversals negative."""

    posting = models.ForeignKey(
        Posting,
        models.PROTECT,
        related_name="entries",
        verbose_name=_("posting"),
        db_constraint=False,  # the migrations' composite key with `transaction` stands in its place
        db_index=False,  # (posting, line) serves
    )
    line = models.PositiveIntegerField(_("line"))
    account = models.ForeignKey(LedgerAccount, models.PROTECT, related_name="entries", verbose_name=_("account"))
    fund = models.ForeignKey(Fund, models.PROTECT, related_name="entries", verbose_name=_("fund"))
    amount = models.DecimalField(_("amount (yuan)"), max_digits=14, decimal_places=2)
    occurred_on = models.DateField(_("day it concerns"))
    grant = models.ForeignKey(
        Grant, models.PROTECT, null=True, blank=True, related_name="entries", verbose_name=_("grant")
    )
    reverses = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="reversed_by", verbose_name=_("reverses")
    )
    transaction = TransactionIdField(db_default=CurrentTransaction(), editable=False)

    class Meta:
        verbose_name = _("ledger entry")
        verbose_name_plural = _("ledger entries")
        ordering = ["posting", "line"]
        indexes = [models.Index(fields=["occurred_on", "account"], name="welfare_entry_day")]
        constraints = [
            models.UniqueConstraint(fields=["posting", "line"], name="welfare_entry_line_once"),
            models.CheckConstraint(
                condition=~Q(amount=0),
                name="welfare_entry_has_an_amount",
                violation_error_message=_("An entry needs an amount."),
            ),
            models.CheckConstraint(
                condition=Q(reverses__isnull=True, amount__gt=0) | Q(reverses__isnull=False, amount__lt=0),
                name="welfare_entry_sign",
                violation_error_message=_("Entries are positive, reversals negative."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.posting_id}/{self.line} {self.amount}"


class VoucherNote(AppendOnlyModel):
    """The official voucher's number and date, noted when finance has keyed it; the latest note holds."""

    posting = models.ForeignKey(Posting, models.PROTECT, related_name="vouchers", verbose_name=_("posting"))
    voucher_number = models.CharField(_("voucher number"), max_length=64)
    voucher_date = models.DateField(_("voucher date"))
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("noted by"))
    noted_at = models.DateTimeField(_("noted"), auto_now_add=True)

    class Meta:
        verbose_name = _("voucher note")
        verbose_name_plural = _("voucher notes")
        ordering = ["posting", "noted_at"]

    def __str__(self) -> str:
        return self.voucher_number


class KnownHead(AppendOnlyModel):
    """The end of a chain as printed in a frozen report or a backup: proof against a tail cut off later."""

    book = models.ForeignKey(Book, models.PROTECT, related_name="heads", verbose_name=_("book"))
    year = models.PositiveSmallIntegerField(_("fiscal year"))
    number = models.PositiveIntegerField(_("number"))
    hash = models.CharField(max_length=64)
    printed_in = models.CharField(_("printed in"), max_length=200)
    at = models.DateTimeField(_("time"), auto_now_add=True)

    class Meta:
        verbose_name = _("known ledger head")
        verbose_name_plural = _("known ledger heads")
        ordering = ["book", "year", "number"]

    def __str__(self) -> str:
        return f"{self.book.name} {self.year}-{self.number:05d}"
