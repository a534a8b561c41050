"""The sub-ledger: postings and entries, written once, numbered and chained by the database.

Entries are written first, under the posting's reserved key; inserting the posting numbers it under a lock, sums its
entries and seals them with a hash. The triggers are in the migrations.
"""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from union_portal.base.models import AppendOnlyModel
from union_portal.base.models.transactions import CurrentTransaction, TransactionIdField
from welfare.approvals.models import PaperApproval
from welfare.books.models import Book, Fund, LedgerAccount
from welfare.ledger.enums import PostingKind
from welfare.ledger.querysets import LedgerEntryQuerySet, VoucherNoteQuerySet


class Posting(AppendOnlyModel):
    """台账单. Number, year, totals and hashes are the database's; whatever the caller supplies there is overwritten."""

    put_right_by: ClassVar[str] = "台账不能撤回，请在台账上冲回"

    book = models.ForeignKey(Book, models.PROTECT, related_name="postings", verbose_name="账套")
    year = models.PositiveSmallIntegerField("会计年度")
    number = models.PositiveIntegerField("编号")
    kind = models.CharField("类别", max_length=16, choices=PostingKind.choices)
    summary = models.CharField("摘要", max_length=200)
    posted_on = models.DateField("记账日期")
    posted_at = models.DateTimeField("时间", auto_now_add=True)
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="经办人"
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="审批人"
    )
    offline_approval = models.CharField("审批依据", max_length=200, blank=True)
    # Empty only in postings from before the poster was kept; their seal has the older text.
    posted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="记账人"
    )
    paper_approval = models.ForeignKey(
        PaperApproval, models.PROTECT, null=True, related_name="postings", verbose_name="线下审批"
    )
    source_key = models.CharField("来源", max_length=100, unique=True)
    entry_count = models.PositiveIntegerField("笔数")
    total = models.DecimalField("合计（元）", max_digits=16, decimal_places=2)
    previous_hash = models.CharField("上一张台账单的校验码", max_length=64)
    hash = models.CharField("本单校验码", max_length=64)
    transaction = TransactionIdField(db_default=CurrentTransaction(), editable=False)
    empty_words = "一次记账的凭据，编号连续、不能改；由发放、采购和记账申请产生，错了用冲销更正。"

    class Meta:
        verbose_name = verbose_name_plural = "台账单"
        ordering = ["-year", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["book", "year", "number"], name="welfare_posting_number_once"),
            models.UniqueConstraint(fields=["id", "transaction"], name="welfare_posting_transaction"),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | Q(prepared_by__isnull=True) | ~Q(prepared_by=F("approved_by")),
                name="welfare_posting_four_eyes",
                violation_error_message="经办人和审批人不能是同一人。",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=False) | ~Q(offline_approval=""),
                name="welfare_posting_is_approved",
                violation_error_message="台账单须经审批（线上或线下）。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.book.name} {self.year}-{self.number:05d}"


class LedgerEntry(AppendOnlyModel):
    """台账明细: an amount on an account; no names, no illness. Expense and income are positive, reversals negative."""

    put_right_by: ClassVar[str] = Posting.put_right_by

    posting = models.ForeignKey(
        Posting,
        models.PROTECT,
        related_name="entries",
        verbose_name="台账单",
        db_constraint=False,  # the migrations' composite key with `transaction` stands in its place
        db_index=False,  # (posting, line) serves
    )
    line = models.PositiveIntegerField("行号")
    account = models.ForeignKey(LedgerAccount, models.PROTECT, related_name="entries", verbose_name="科目")
    fund = models.ForeignKey(Fund, models.PROTECT, related_name="entries", verbose_name="资金来源")
    amount = models.DecimalField("金额（元）", max_digits=14, decimal_places=2)
    occurred_on = models.DateField("归属日期")
    # What is paid for: a row of any room, by its kind's short code and its key, without a foreign key (docs/ledger.md).
    subject_kind = models.CharField("事项类别", max_length=16, blank=True, db_default="")
    subject_id = models.BigIntegerField("事项编号", null=True, blank=True)
    reverses = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="reversed_by", verbose_name="冲销对象"
    )
    transaction = TransactionIdField(db_default=CurrentTransaction(), editable=False)

    objects = LedgerEntryQuerySet.as_manager()
    empty_words = "每张台账单的各行金额和科目；由记账自动产生。"

    class Meta:
        verbose_name = verbose_name_plural = "台账明细"
        ordering = ["posting", "line"]
        indexes = [
            models.Index(fields=["occurred_on", "account"], name="welfare_entry_day"),
            models.Index(
                # With its amount, so that what a round paid is summed without a look at ten thousand rows.
                fields=["subject_kind", "subject_id"],
                include=["amount"],
                condition=Q(subject_id__isnull=False),
                name="welfare_entry_subject",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["posting", "line"], name="welfare_entry_line_once"),
            models.CheckConstraint(
                condition=~Q(amount=0),
                name="welfare_entry_has_an_amount",
                violation_error_message="明细须有金额。",
            ),
            models.CheckConstraint(
                condition=Q(reverses__isnull=True, amount__gt=0) | Q(reverses__isnull=False, amount__lt=0),
                name="welfare_entry_sign",
                violation_error_message="明细金额为正数，冲销金额为负数。",
            ),
            models.CheckConstraint(
                condition=Q(subject_kind="", subject_id__isnull=True)
                | (~Q(subject_kind="") & Q(subject_id__isnull=False)),
                name="welfare_entry_subject_whole",
                violation_error_message="明细所付事项须同时写明类别和编号。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.posting_id}/{self.line} {self.amount}"


class VoucherNote(AppendOnlyModel):
    """The official voucher's number and date, noted when finance has keyed it; the latest note holds."""

    put_right_by: ClassVar[str] = "凭证登记不能撤回，改正后的凭证号请再导入一次，或在台账单上重新登记"

    posting = models.ForeignKey(Posting, models.PROTECT, related_name="vouchers", verbose_name="台账单")
    voucher_number = models.CharField("凭证号", max_length=64)
    voucher_date = models.DateField("凭证日期")
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记人")
    noted_at = models.DateTimeField("登记时间", auto_now_add=True)

    objects = VoucherNoteQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "凭证登记"
        ordering = ["posting", "noted_at"]

    def __str__(self) -> str:
        return self.voucher_number


class KnownHead(AppendOnlyModel):
    """The end of a chain as printed in a frozen report or a backup: proof against a tail cut off later."""

    book = models.ForeignKey(Book, models.PROTECT, related_name="heads", verbose_name="账套")
    year = models.PositiveSmallIntegerField("会计年度")
    number = models.PositiveIntegerField("编号")
    hash = models.CharField(max_length=64)
    printed_in = models.CharField("载于", max_length=200)
    at = models.DateTimeField("时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "台账末端记录"
        ordering = ["book", "year", "number"]

    def __str__(self) -> str:
        return f"{self.book.name} {self.year}-{self.number:05d}"
