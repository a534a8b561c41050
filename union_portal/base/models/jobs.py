"""How far a job in the worker has come, for the page that waits for it."""

from django.db import models


class JobState(models.TextChoices):
    RUNNING = "running", "进行中"
    DONE = "done", "已完成"
    FAILED = "failed", "失败"


class JobProgress(models.Model):
    """One job by its key (for example `annual_report.print:12`): what is being done, how far, how it ended."""

    key = models.CharField(max_length=100, unique=True)
    state = models.CharField("状态", max_length=16, choices=JobState.choices, default=JobState.RUNNING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=1)
    message = models.CharField(max_length=200, blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = verbose_name_plural = "任务进度"

    def __str__(self) -> str:
        return f"{self.key} {self.done}/{self.total}"

    @property
    def is_running(self) -> bool:
        """Whether the page should look again."""
        return self.state == JobState.RUNNING


class DailyRun(models.Model):
    """The last day for which a daily job was queued, so that a day missed is made up and none is queued twice."""

    name = models.CharField(max_length=100, unique=True)
    last_on = models.DateField()

    class Meta:
        verbose_name = verbose_name_plural = "每日任务"

    def __str__(self) -> str:
        return f"{self.name} {self.last_on}"
