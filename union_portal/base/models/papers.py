"""Documents that the worker makes: asked for, being made, ready."""

from django.conf import settings
from django.db import models

from union_portal.base.living import is_alive


class PaperState(models.TextChoices):
    """How far a document that the worker makes has come."""

    WAITING = "waiting", "排队等待生成"
    WORKING = "working", "正在生成"
    DONE = "done", "已生成"
    FAILED = "failed", "失败"


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
    def lock(self) -> str:
        """The lock under which the job that makes it is queued."""
        return f"{self._meta.label_lower}:{self.pk}"

    @property
    def is_running(self) -> bool:
        """Whether the page should look again: it is not made yet, and a job is left that will."""
        return self.state in {PaperState.WAITING, PaperState.WORKING} and is_alive(self.lock)

    @property
    def failure(self) -> str:
        """Why it did not come about, for whoever asked; empty while it is made and once it is there."""
        if self.state == PaperState.FAILED:
            return self.message
        return "" if self.state == PaperState.DONE or self.is_running else CUT_OFF


FAILED = "排版失败，请重试；仍不成功请联系管理员"
CUT_OFF = "后台任务中断，没有生成；请重试，仍不成功请联系管理员"
