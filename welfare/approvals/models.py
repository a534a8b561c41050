"""What was approved on paper: by whom, when, in which document, and who of a second account has seen the scan."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from union_portal.base.models import StateMove, always
from union_portal.base.papers import ScanField
from welfare.approvals.enums import PAPER_MACHINE, ApprovalState
from welfare.books.querysets import SchoolQuerySet


class PaperApproval(models.Model):
    """线下审批: nothing is posted upon it before a second account has confirmed it.

    `office` is the office in which the approver signed, as it was on that day. An approval that came with a list of
    earlier years may at first lack the approver's account and the scan; `told` keeps what the list said.
    """

    machine = PAPER_MACHINE

    about = models.CharField("事项", max_length=200)
    approver = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="审批人"
    )
    office = models.CharField("审批职务", max_length=32, blank=True)
    approved_on = models.DateField("审批日期", null=True, blank=True)
    document = models.CharField("文号或文件名称", max_length=100, blank=True)
    scan = ScanField("扫描件", door="admin:welfare_paperapproval_scan")
    told = models.CharField("名单所载审批依据", max_length=200, blank=True)
    state = models.CharField("状态", max_length=16, choices=ApprovalState.choices, default=ApprovalState.ENTERED)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="登记人"
    )
    entered_at = models.DateTimeField("登记时间", auto_now_add=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="确认人"
    )
    confirmed_at = models.DateTimeField("确认时间", null=True, blank=True)

    objects = SchoolQuerySet.as_manager()
    empty_words = "在纸上批过的事项：审批人、日期、文号和扫描件，由另一人确认后才能记账。"

    class Meta:
        verbose_name = verbose_name_plural = "线下审批"
        ordering = ["-entered_at", "-pk"]
        constraints = [
            always(
                ~Q(state=ApprovalState.CONFIRMED)
                | (
                    Q(approver__isnull=False, approved_on__isnull=False, confirmed_by__isnull=False)
                    & ~Q(office="")
                    & ~Q(document="")
                    & ~Q(scan="")
                ),
                name="confirmed_is_whole",
                words="请先补齐审批人、审批日期、文号和扫描件，再确认。",
            ),
            always(
                Q(confirmed_by__isnull=True) | (Q(entered_by__isnull=False) & ~Q(confirmed_by=F("entered_by"))),
                name="second_account",
                words="线下审批须由登记人以外的同事确认。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.about}（{self.words()}）" if self.words() else self.about

    def words(self) -> str:
        """Return the one wording that is sealed into postings as 审批依据: office, day and document, no name."""
        if self.approver_id is None or self.approved_on is None:
            return self.told
        return f"{self.office} {self.approved_on.isoformat()} 线下审批，{self.document}"[:200]

    @property
    def stands(self) -> bool:
        """Whether a second account has confirmed it."""
        return self.state == ApprovalState.CONFIRMED


class PaperApprovalMove(StateMove):
    subject = models.ForeignKey(PaperApproval, models.PROTECT, related_name="moves", verbose_name="线下审批")
