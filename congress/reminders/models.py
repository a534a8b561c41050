"""Which reminder was sent to whom."""

from django.conf import settings
from django.db import models

from union_portal.base.models import AppendOnlyModel


class Reminder(AppendOnlyModel):
    """A reminder that went out: to whom, of what, for which deadline; kept so that none goes out twice."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="账号")
    key = models.CharField(max_length=100)
    sent_at = models.DateTimeField("发出时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "提醒"
        ordering = ["-sent_at"]
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="congress_reminder_once")]

    def __str__(self) -> str:
        return self.key
