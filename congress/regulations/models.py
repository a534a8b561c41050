"""Rules and regulations (规章制度) with their versions."""

import datetime as dt
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import OuterRef, Subquery

from congress.bodies.querysets import OfficeListQuerySet
from congress.regulations.enums import RegulationAct
from union_portal.base.history import tracked
from union_portal.base.models import once
from union_portal.base.papers import PaperField
from union_portal.base.validators import not_in_future


class RegulationQuerySet(OfficeListQuerySet):
    def with_latest(self, *, on: dt.date) -> Self:
        """Annotate `latest_act` and `latest_on`: what was done last by the day; null before the adoption."""
        latest = RegulationVersion.objects.filter(regulation=OuterRef("pk"), on__lte=on).order_by("-on", "-pk")
        return self.annotate(latest_act=Subquery(latest.values("act")[:1]), latest_on=Subquery(latest.values("on")[:1]))

    def holding(self, *, on: dt.date) -> Self:
        return self.with_latest(on=on).filter(latest_act__isnull=False).exclude(latest_act=RegulationAct.REPEALED)

    def repealed(self, *, on: dt.date) -> Self:
        return self.with_latest(on=on).filter(latest_act=RegulationAct.REPEALED)

    def named(self, title: str, *, keeper: str = "") -> Any:
        """Return the regulation of this title, made the first time it is named."""
        return self.get_or_create(title=title.strip(" 《》"), defaults={"keeper": keeper})[0]


@tracked()
class Regulation(models.Model):
    """规章制度: one set of rules over its life; what it said and when is in its versions."""

    title = models.CharField("标题", max_length=200, unique=True)
    keeper = models.CharField("归口部门", max_length=100, blank=True)

    objects = RegulationQuerySet.as_manager()
    empty_words = "学校和工会的规章制度；每次制定、修订是它的一个版本。"

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
    on = models.DateField("日期", validators=[not_in_future])
    number = models.CharField("文号", max_length=64, blank=True)
    decided_by = models.CharField("决定机构", max_length=100, blank=True)
    text = models.TextField("正文", blank=True)
    file = PaperField("文件", door="congress:regulation_file")

    objects = OfficeListQuerySet.as_manager()
    empty_words = "规章制度每次制定、修订、废止的日期、依据和文本；可以一次导入。"

    class Meta:
        verbose_name = verbose_name_plural = "制度版本"
        ordering = ["regulation", "-on", "-pk"]
        constraints = [once("regulation", "on", "act", words="该版本已登记。")]

    def __str__(self) -> str:
        return f"{self.regulation} {self.get_act_display()} {self.on}"

    def clean(self) -> None:
        """Refuse to change what was repealed before; one revised before the portal knew of it needs no adoption."""
        if not self.regulation_id or not self.on or self.act == RegulationAct.ADOPTED:
            return
        before = self.regulation.versions.filter(on__lt=self.on).order_by("-on", "-pk").first()
        if before is not None and before.act == RegulationAct.REPEALED:
            raise ValidationError({"on": f"《{self.regulation}》已于 {before.on} 废止。"})
