"""Inspections by delegates (代表巡视) and what they found."""

from django.db import models
from django.db.models import Q

from congress.bodies.models import Congress
from congress.bodies.querysets import OfficeListQuerySet
from congress.departments.models import Department
from congress.inspections.enums import FINDING_MACHINE, FindingState
from members.people.models import Person
from union_portal.base.history import tracked
from union_portal.base.models import StateMove


@tracked()
class Inspection(models.Model):
    """代表巡视: delegates go and look."""

    congress = models.ForeignKey(
        Congress,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="inspections",
        verbose_name="届次",
    )
    number = models.PositiveSmallIntegerField("届内次数", null=True, blank=True)
    title = models.CharField("标题", max_length=200)
    held_on = models.DateField("举行日期")
    places = models.CharField("地点", max_length=300, blank=True)
    people = models.ManyToManyField(Person, related_name="inspections", blank=True, verbose_name="代表")
    heads = models.PositiveSmallIntegerField("参加人数", null=True, blank=True)
    summary = models.TextField("摘要", blank=True)

    objects = OfficeListQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "代表巡视"
        ordering = ["-held_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["title", "held_on"],
                name="congress_inspection_once",
                violation_error_message="该次巡视已登记。",
            )
        ]

    def __str__(self) -> str:
        return self.title


@tracked()
class Finding(models.Model):
    """What an inspection found, who is to put it right, and what became of it."""

    machine = FINDING_MACHINE

    inspection = models.ForeignKey(Inspection, models.CASCADE, related_name="findings", verbose_name="代表巡视")
    text = models.TextField("发现的问题")
    department = models.ForeignKey(
        Department,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="findings",
        verbose_name="承办部门",
    )
    due_on = models.DateField("整改期限", null=True, blank=True)
    state = models.CharField("状态", max_length=16, choices=FindingState.choices, default=FindingState.OPEN)
    result = models.TextField("落实情况", blank=True)
    settled_on = models.DateField("办结日期", null=True, blank=True)

    objects = OfficeListQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "巡视发现"
        ordering = ["inspection", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=FindingState.OPEN) | (~Q(result="") & Q(settled_on__isnull=False)),
                name="congress_finding_settled_in_words",
                violation_error_message="请说明落实情况。",
            )
        ]

    def __str__(self) -> str:
        return self.text[:40]


class FindingMove(StateMove):
    subject = models.ForeignKey(Finding, models.PROTECT, related_name="moves", verbose_name="巡视发现")

    class Meta(StateMove.Meta):
        verbose_name = verbose_name_plural = "巡视发现的流转"

    def __str__(self) -> str:
        return f"{self.source} → {self.target}"
