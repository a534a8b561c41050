"""Resolutions (决议) of a sitting."""

from django.db import models

from congress.sessions.models import AgendaItem, Sitting
from congress.sessions.querysets import OfSittingQuerySet
from union_portal.base.history import tracked
from union_portal.base.validators import not_in_future


@tracked()
class Resolution(models.Model):
    """决议: the words in which a body decided."""

    sitting = models.ForeignKey(Sitting, models.PROTECT, related_name="resolutions", verbose_name="会议（分大会）")
    item = models.ForeignKey(
        AgendaItem, models.PROTECT, null=True, blank=True, related_name="resolutions", verbose_name="议题"
    )
    title = models.CharField("标题", max_length=200)
    text = models.TextField("正文")
    adopted_on = models.DateField("通过日期", validators=[not_in_future])

    objects = OfSittingQuerySet.as_manager()
    empty_words = "代表大会通过的决议原文；写入会议纪要和报告。"

    class Meta:
        verbose_name = verbose_name_plural = "决议"
        ordering = ["-adopted_on", "pk"]

    def __str__(self) -> str:
        return self.title
