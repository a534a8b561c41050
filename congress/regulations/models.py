"""Rules and regulations (规章制度) with their versions."""

from django.db import models

from congress.bodies.querysets import OfficeListQuerySet
from congress.regulations.enums import RegulationAct
from congress.regulations.querysets import RegulationQuerySet
from union_portal.base.history import tracked


@tracked()
class Regulation(models.Model):
    """规章制度: one set of rules over its life; what it said and when is in its versions."""

    title = models.CharField("标题", max_length=200, unique=True)
    keeper = models.CharField("归口部门", max_length=100, blank=True)

    objects = RegulationQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "规章制度"
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title


@tracked()
class RegulationVersion(models.Model):
    """What was done to a regulation on a day (制定、修订、完善、废止), by whom, and its text from then on."""

    regulation = models.ForeignKey(Regulation, models.PROTECT, related_name="versions", verbose_name="规章制度")
    act = models.CharField("处理方式", max_length=16, choices=RegulationAct.choices)
    on = models.DateField("日期")
    number = models.CharField("文号", max_length=64, blank=True)
    text = models.TextField("正文", blank=True)
    file = models.FileField("文件", upload_to="regulations/", blank=True)
    decided_by = models.CharField("决定机构", max_length=100, blank=True)

    objects = OfficeListQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "制度版本"
        ordering = ["regulation", "-on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["regulation", "on", "act"],
                name="congress_regulation_version_once",
                violation_error_message="该版本已登记。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.regulation} {self.get_act_display()} {self.on}"
