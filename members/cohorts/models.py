"""Special groups (特殊群体) as data, and who belongs to them from when to when."""

from django.db import models

from members.cohorts.querysets import CohortQuerySet
from members.people.models import Person
from union_portal.base.history import tracked
from union_portal.base.models import Dated
from union_portal.base.models.constraints import apart


class CohortKind(models.Model):
    """特殊群体 as editable data: model workers, veterans, disabled staff …"""

    code = models.CharField("编码", max_length=32, unique=True)
    name = models.CharField("名称", max_length=64, unique=True)
    sensitive = models.BooleanField("敏感", default=False)
    empty_words = "劳模、退役军人、残疾职工等类别；人员页面上的特殊群体从这里选。"

    class Meta:
        verbose_name = verbose_name_plural = "特殊群体类别"
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


@tracked()
class Cohort(Dated):
    """A person's dated place in a special group; groups overlap."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="cohorts", verbose_name="人员")
    kind = models.ForeignKey(CohortKind, models.PROTECT, related_name="people", verbose_name="特殊群体")
    document = models.CharField("依据文件", max_length=200, blank=True)

    objects = CohortQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = verbose_name_plural = "特殊群体人员"
        ordering = ["kind", "person"]
        constraints = [
            *Dated.Meta.constraints,
            apart("person", "kind", words="此人在这段时间已列入这一特殊群体。"),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.kind}"
