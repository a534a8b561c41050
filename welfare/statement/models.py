"""A person's benefit statement on paper, made by the worker."""

from django.db import models

from members.people.models import Person
from union_portal.base.models.papers import AskedPaper


class StatementPaper(AskedPaper):
    """A person's benefit statement as PDF, of one year or all; it tells of illness and is kept for days only."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="statement_papers", verbose_name="人员")
    year = models.PositiveSmallIntegerField("年度", null=True, blank=True)
    file = models.FileField("文件", upload_to="statements/", blank=True)

    class Meta(AskedPaper.Meta):
        verbose_name = verbose_name_plural = "福利享受单"

    def __str__(self) -> str:
        return f"{self.person} {self.year or ''}".strip()
