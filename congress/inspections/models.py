"""Inspections by delegates (代表巡视) and what they found."""

from typing import Self

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from congress.bodies.models import Congress
from congress.bodies.querysets import OfficeListQuerySet
from congress.departments.models import Department
from congress.inspections.enums import FINDING_MACHINE, FindingState
from members.people.models import Person
from union_portal.base.history import tracked
from union_portal.base.models import StateMove, always, once
from union_portal.base.validators import not_in_future


@tracked()
class Inspection(models.Model):
    """代表巡视: delegates go and look."""

    title = models.CharField("巡视名称", max_length=200)
    congress = models.ForeignKey(
        Congress, models.PROTECT, null=True, blank=True, related_name="inspections", verbose_name="届次"
    )
    number = models.PositiveSmallIntegerField("届内次数", null=True, blank=True, validators=[MinValueValidator(1)])
    held_on = models.DateField("巡视日期")
    heads = models.PositiveSmallIntegerField("参加人数", null=True, blank=True)
    places = models.CharField("巡视地点", max_length=300, blank=True)
    people = models.ManyToManyField(Person, related_name="inspections", blank=True, verbose_name="代表")
    summary = models.TextField("巡视情况", blank=True)

    objects = OfficeListQuerySet.as_manager()
    empty_words = "代表巡视：看了哪里、谁参加、发现了什么。"

    class Meta:
        verbose_name = verbose_name_plural = "代表巡视"
        ordering = ["-held_on", "-pk"]
        constraints = [once("title", "held_on", words="该次巡视已登记。")]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """Refuse a day later than one by which something it found was due or settled."""
        if self.pk and self.held_on:
            before = self.findings.filter(Q(due_on__lt=self.held_on) | Q(settled_on__lt=self.held_on)).first()
            if before is not None:
                raise ValidationError({"held_on": f"“{before}”的整改期限或办结日期早于这一天，请先更正。"})


class FindingQuerySet(OfficeListQuerySet):
    def overdue(self) -> Self:
        return self.filter(state=FindingState.OPEN, due_on__lt=timezone.localdate())


@tracked()
class Finding(models.Model):
    """What an inspection found, who is to put it right, and what became of it."""

    machine = FINDING_MACHINE

    inspection = models.ForeignKey(Inspection, models.CASCADE, related_name="findings", verbose_name="代表巡视")
    text = models.TextField("发现的问题")
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, limit_choices_to={"closed_on": None}, verbose_name="承办部门"
    )
    due_on = models.DateField("整改期限", null=True, blank=True)
    state = models.CharField("状态", max_length=16, choices=FindingState.choices, default=FindingState.OPEN)
    result = models.TextField("落实情况", blank=True)
    settled_on = models.DateField("办结日期", null=True, blank=True, validators=[not_in_future])

    objects = FindingQuerySet.as_manager()
    empty_words = "巡视发现的问题由哪个部门整改、结果如何；在巡视的页面上登记。"

    class Meta:
        verbose_name = verbose_name_plural = "巡视发现"
        ordering = ["inspection", "pk"]
        _settled = Q(state=FindingState.OPEN) | (~Q(result="") & Q(settled_on__isnull=False))
        constraints = [always(_settled, name="settled_in_words", words="请说明落实情况。")]

    def __str__(self) -> str:
        return self.text[:40]

    def clean(self) -> None:
        for name, words in (("due_on", "整改期限"), ("settled_on", "办结日期")):
            day = getattr(self, name)
            if day and self.inspection_id and day < self.inspection.held_on:
                raise ValidationError({name: f"{words}早于巡视日期。"})


class FindingMove(StateMove):
    subject = models.ForeignKey(Finding, models.PROTECT, related_name="moves")
