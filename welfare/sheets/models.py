"""Sign-off sheets of a round, made by the worker."""

from django.db import models

from members.branches.models import Branch
from union_portal.base.models.papers import AskedPaper
from welfare.grants.models import Round


class RoundPaper(AskedPaper):
    """Sign-off sheets, one per branch or one branch alone."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="papers", verbose_name="发放批次")
    branch = models.ForeignKey(Branch, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="分工会")
    file = models.FileField("文件", upload_to="round-papers/", blank=True)
    # Where whoever asked for it reaches the portal: its codes lead there.
    portal = models.CharField("平台网址", max_length=200, blank=True, db_default="")

    class Meta(AskedPaper.Meta):
        verbose_name = verbose_name_plural = "批次文档"

    def __str__(self) -> str:
        return f"{self.round} {self.branch or ''}".strip()
