"""Documents that the worker makes: a round's sign-off sheets, a person's benefit statement."""

from django.conf import settings
from django.db import models

from members.models import Branch, Person
from welfare.enums import PaperState
from welfare.models.rounds import Round


class AskedPaper(models.Model):
    """A document asked for: how far the worker is, and the file when it is ready."""

    state = models.CharField("状态", max_length=8, choices=PaperState.choices, default=PaperState.WAITING)
    done = models.PositiveSmallIntegerField("完成百分比", default=0)
    message = models.CharField("进度说明", max_length=300, blank=True)
    pages = models.PositiveIntegerField("页数", null=True, blank=True)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="申请人"
    )
    requested_at = models.DateTimeField("申请时间", auto_now_add=True)

    # Steps of the progress bar: percent.
    total = 100

    class Meta:
        abstract = True
        ordering = ["-requested_at"]

    @property
    def is_running(self) -> bool:
        """Whether the page should look again."""
        return self.state in {PaperState.WAITING, PaperState.WORKING}


class RoundPaper(AskedPaper):
    """Sign-off sheets, one per branch or one branch alone."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="papers", verbose_name="发放批次")
    branch = models.ForeignKey(Branch, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="分工会")
    file = models.FileField("文件", upload_to="round-papers/", blank=True)

    class Meta(AskedPaper.Meta):
        verbose_name = verbose_name_plural = "批次文档"

    def __str__(self) -> str:
        return f"{self.round} {self.branch or ''}".strip()


class StatementPaper(AskedPaper):
    """A person's benefit statement as PDF, of one year or all; it tells of illness and is kept for days only."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="statement_papers", verbose_name="人员")
    year = models.PositiveSmallIntegerField("年度", null=True, blank=True)
    file = models.FileField("文件", upload_to="statements/", blank=True)

    class Meta(AskedPaper.Meta):
        verbose_name = verbose_name_plural = "福利享受单"

    def __str__(self) -> str:
        return f"{self.person} {self.year or ''}".strip()
