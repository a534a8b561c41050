"""Requests of finance: a reversal, income, a fund's opening balance; posted when a second person approves."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from union_portal.base.models import StateMove, always, once
from union_portal.base.money import grouped
from union_portal.base.papers import ScanField
from welfare.books.models import Fund, LedgerAccount
from welfare.books.querysets import SchoolQuerySet
from welfare.ledger.models import LedgerEntry, Posting
from welfare.posting_requests.enums import COUNTING, REQUEST_MACHINE, RequestKind, RequestState


class PostingRequest(models.Model):
    """记账申请: what one of finance asks to be posted and another person approves.

    A reversal names entries of one posting; income and an opening balance name fund, account, amount and day. An
    opening balance of nothing is known without a posting.
    """

    machine = REQUEST_MACHINE

    kind = models.CharField("类别", max_length=16, choices=RequestKind.choices)
    state = models.CharField("状态", max_length=16, choices=RequestState.choices, default=RequestState.REQUESTED)
    fund = models.ForeignKey(
        Fund, models.PROTECT, null=True, blank=True, related_name="requests", verbose_name="资金来源"
    )
    account = models.ForeignKey(
        LedgerAccount, models.PROTECT, null=True, blank=True, related_name="requests", verbose_name="科目"
    )
    amount = models.DecimalField("金额（元）", max_digits=14, decimal_places=2)
    occurred_on = models.DateField("到账日期", null=True, blank=True)
    payer = models.CharField("付款方", max_length=100, blank=True)
    reason = models.CharField("原因", max_length=100, blank=True, help_text="请勿填写姓名。")
    document = models.CharField(
        "依据文件", max_length=100, help_text="写明文件名称、文号或票据号，例如银行回单、拨款通知。"
    )
    scan = ScanField("扫描件", door="admin:welfare_postingrequest_scan")
    posted_on = models.DateField("记账日期")
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="申请人")
    requested_at = models.DateTimeField("申请时间", auto_now_add=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="审批人"
    )
    posting = models.OneToOneField(
        Posting, models.PROTECT, null=True, blank=True, related_name="request", verbose_name="台账单"
    )

    objects = SchoolQuerySet.as_manager()
    empty_words = "收入、期初数和冲销由财务提出，另一人批准后记账。"

    class Meta:
        verbose_name = verbose_name_plural = "记账申请"
        ordering = ["-requested_at", "-pk"]
        constraints = [
            always(
                Q(decided_by__isnull=True) | ~Q(decided_by=F("requested_by")),
                name="second_person",
                words="申请人不能审批自己的申请，请由同事审批。",
            ),
            always(
                ~Q(state=RequestState.POSTED)
                | (Q(decided_by__isnull=False) & (Q(posting__isnull=False) | Q(kind=RequestKind.OPENING, amount=0))),
                name="posted_is_whole",
            ),
            always(
                (Q(kind=RequestKind.REVERSAL) & ~Q(reason=""))
                | Q(kind=RequestKind.INCOME, amount__gt=0)
                | Q(kind=RequestKind.OPENING, amount__gte=0),
                name="amount_fits",
                words="冲销须写明原因；收入金额须大于零，期初结余不能为负。",
            ),
            always(
                Q(kind=RequestKind.REVERSAL) | Q(fund__isnull=False, account__isnull=False, occurred_on__isnull=False),
                name="whole",
                words="请填写资金来源、科目和日期。",
            ),
            once(
                "fund",
                condition=Q(kind=RequestKind.OPENING, state__in=COUNTING),
                words="该资金来源的期初结余已登记或正在审批。",
                name="opening_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {grouped(self.amount)} 元（{self.document}）"


class RequestedEntry(models.Model):
    """An entry that a request asks to reverse."""

    request = models.ForeignKey(PostingRequest, models.PROTECT, related_name="entries", verbose_name="记账申请")
    entry = models.ForeignKey(LedgerEntry, models.PROTECT, related_name="requests", verbose_name="台账明细")

    class Meta:
        verbose_name = verbose_name_plural = "申请冲销的明细"
        ordering = ["entry"]
        constraints = [once("request", "entry", words="该明细已在申请中。")]

    def __str__(self) -> str:
        return str(self.entry)


class PostingRequestMove(StateMove):
    subject = models.ForeignKey(PostingRequest, models.PROTECT, related_name="moves", verbose_name="记账申请")
