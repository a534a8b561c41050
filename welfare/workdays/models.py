"""Which days differ from the ordinary week: public holidays and the Saturdays and Sundays worked for them."""

from django.db import models

from union_portal.base.history import tracked
from union_portal.base.models import once
from union_portal.base.querysets import WholeListQuerySet


@tracked()
class Workday(models.Model):
    """放假与调休: one day on which people rest although it is a weekday, or work although it is a weekend.

    A year is announced once it has such a day; every other day of it is as in an ordinary week.
    """

    name = models.CharField("事由", max_length=32)
    day = models.DateField("日期")
    works = models.BooleanField("上班", default=False)
    source = models.CharField("依据文件", max_length=200, blank=True)
    empty_words = "国务院每年公布的放假和调休；按工作日计算的期限据此推算，未公布的年份标明“约”。"

    objects = WholeListQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "放假与调休"
        ordering = ["-day"]
        constraints = [once("day", words="该日已登记。")]

    def __str__(self) -> str:
        return f"{self.name} {self.day} {'上班' if self.works else '放假'}"
