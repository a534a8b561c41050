"""提案工作报告: which sessions it accounts for, and the paper that was last made of it."""

from django.conf import settings
from django.db import models

from congress.proposal_reports.querysets import ProposalReportQuerySet
from congress.proposals.models import Proposal
from congress.sessions.models import Session
from union_portal.base.models import once


class ProposalReport(models.Model):
    """An account of the proposals of some sessions. Its figures are live; `data` is what the PDF was made from."""

    title = models.CharField("标题", max_length=200)
    sessions = models.ManyToManyField(Session, related_name="proposal_reports", verbose_name="会议")
    before = models.TextField(
        "报告开头", blank=True, help_text="写在统计数字之前，如一年来提案工作的组织情况；每段一行。"
    )
    after = models.TextField("报告结尾", blank=True, help_text="写在统计数字之后，如存在的不足和下一步打算；每段一行。")
    signer = models.CharField("落款单位", max_length=100, blank=True)
    data = models.JSONField("PDF 所用数据", null=True, blank=True)
    pdf = models.FileField("PDF", upload_to="proposal-reports/", blank=True)
    docx = models.FileField("Word", upload_to="proposal-reports/", blank=True)
    pages = models.PositiveIntegerField("页数", null=True, blank=True)
    made_at = models.DateTimeField("生成时间", null=True, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="经办人"
    )
    created_at = models.DateTimeField("建立时间", auto_now_add=True)

    objects = ProposalReportQuerySet.as_manager()
    empty_words = "提案工作报告：选定会议后数字自动统计，可加上案例，定稿后成文。"

    class Meta:
        verbose_name = verbose_name_plural = "提案工作报告"
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.title


class ProposalCase(models.Model):
    """A proposal that the report tells as an example, with an officer's words about it."""

    report = models.ForeignKey(ProposalReport, models.CASCADE, related_name="cases", verbose_name="提案工作报告")
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="cases", verbose_name="提案")
    words = models.TextField("办理情况")

    class Meta:
        verbose_name = verbose_name_plural = "提案办理实例"
        ordering = ["report", "proposal__number", "pk"]
        constraints = [once("report", "proposal", words="该提案已列为实例。")]

    def __str__(self) -> str:
        return str(self.proposal)
