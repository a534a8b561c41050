"""Reviews of proposals by the committee or the presidium."""

from django.conf import settings
from django.db import models

from congress.committees.models import Meeting
from congress.departments.models import Department
from congress.proposals.models import Proposal
from congress.review.enums import Decision
from union_portal.base.models import AppendOnlyModel


class Review(AppendOnlyModel):
    """审查: what the proposal committee (or the presidium) decided on a proposal, with the reason; never rewritten."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="reviews", verbose_name="提案")
    decision = models.CharField("审查决定", max_length=16, choices=Decision.choices)
    reason = models.TextField("原因", blank=True)
    into = models.ForeignKey(Proposal, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="并入")
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="建议主办部门"
    )
    meeting = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="reviews", verbose_name="会议"
    )
    by_presidium = models.BooleanField("主席团决定", default=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="录入人"
    )
    at = models.DateTimeField("时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "审查记录"
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.proposal} {self.get_decision_display()}"
