"""Delegations (代表团), unit elections and delegates (代表) with their dated mandates."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from congress.bodies.models import Congress
from congress.bodies.querysets import OfCongressQuerySet
from congress.delegates.enums import MandateEnd, MandateStart, Seat
from congress.delegates.querysets import DelegateQuerySet
from members.branches.models import Branch
from members.people.models import Person
from union_portal.base.history import tracked
from union_portal.base.models import Dated, always, apart, once


@tracked()
class Delegation(models.Model):
    """代表团: the delegates of some branches, with a head who checks their proposals first where the drive says so."""

    congress = models.ForeignKey(Congress, models.PROTECT, related_name="delegations", verbose_name="届次")
    number = models.PositiveSmallIntegerField("编号")
    name = models.CharField("名称", max_length=64)
    branches = models.ManyToManyField(Branch, related_name="delegations", blank=True, verbose_name="分工会")
    head = models.ForeignKey(
        "Delegate", models.SET_NULL, null=True, blank=True, related_name="heads", verbose_name="团长"
    )
    deputy = models.ForeignKey(
        "Delegate", models.SET_NULL, null=True, blank=True, related_name="deputises", verbose_name="副团长"
    )

    objects = OfCongressQuerySet.as_manager()
    empty_words = "一届代表大会的代表团：由哪些分工会的代表组成、谁是团长。"

    class Meta:
        verbose_name = verbose_name_plural = "代表团"
        ordering = ["congress", "number"]
        constraints = [
            once("congress", "number", name="number_once", words="该编号已被其他代表团使用。"),
            once("congress", "name", name="name_once", words="该名称已被其他代表团使用。"),
        ]

    def __str__(self) -> str:
        return self.name


@tracked()
class UnitElection(models.Model):
    """选举单位的选举: the day a unit elected its delegates, for how many seats, and how many voters took part."""

    congress = models.ForeignKey(Congress, models.PROTECT, related_name="unit_elections", verbose_name="届次")
    branch = models.ForeignKey(Branch, models.PROTECT, related_name="+", verbose_name="单位")
    held_on = models.DateField("举行日期")
    seats = models.PositiveSmallIntegerField("名额")
    voters_due = models.PositiveIntegerField("应到选民", null=True, blank=True)
    voters_present = models.PositiveIntegerField("实到选民", null=True, blank=True)
    by_election = models.BooleanField("补选", default=False)

    objects = OfCongressQuerySet.as_manager()
    empty_words = "各选举单位选举代表的日期、名额和投票人数。"

    class Meta:
        verbose_name = verbose_name_plural = "单位选举"
        ordering = ["congress", "branch", "-held_on"]
        constraints = [
            once("congress", "branch", "held_on", words="该次选举已登记。"),
            always(
                Q(voters_due__isnull=True) | Q(voters_present__isnull=True) | Q(voters_present__lte=F("voters_due")),
                name="voters",
                words="实到选民多于应到选民。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.branch} {self.held_on}"

    def clean(self) -> None:
        """Refuse an election with fewer than two thirds of the voters present.

        No share of the term's: the national rules for elections ask every unit for it, and no congress may set another.
        """
        due, present = self.voters_due, self.voters_present
        if due and present is not None and present * 3 < due * 2:
            words = f"应到选举人 {due:,} 人，实到 {present:,} 人，不足三分之二，选举无效。"
            raise ValidationError({"voters_present": words})


@tracked()
class Delegate(Dated):
    """代表: one person's mandate in one congress, from when to when, how it began and ended; observers have no vote."""

    congress = models.ForeignKey(Congress, models.PROTECT, related_name="delegates", verbose_name="届次")
    person = models.ForeignKey(Person, models.PROTECT, related_name="mandates", verbose_name="人员")
    delegation = models.ForeignKey(
        Delegation, models.PROTECT, null=True, blank=True, related_name="delegates", verbose_name="代表团"
    )
    unit = models.ForeignKey(Branch, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="选举单位")
    election = models.ForeignKey(
        UnitElection, models.PROTECT, null=True, blank=True, related_name="delegates", verbose_name="选举"
    )
    seat = models.CharField("代表类别", max_length=16, choices=Seat.choices, default=Seat.DELEGATE)
    began_by = models.CharField("起始方式", max_length=16, choices=MandateStart.choices, default=MandateStart.ELECTED)
    ended_by = models.CharField("终止方式", max_length=16, choices=MandateEnd.choices, blank=True)
    end_reason = models.CharField("原因", max_length=300, blank=True)
    document = models.CharField("决定文件", max_length=200, blank=True)

    objects = DelegateQuerySet.as_manager()
    empty_words = "每一届的代表和列席人员；可以一次导入，届中增补、更换也在这里。"

    class Meta(Dated.Meta):
        verbose_name = verbose_name_plural = "代表"
        ordering = ["congress", "delegation", "person__pinyin_key", "pk"]
        constraints = [
            *Dated.Meta.constraints,
            apart("congress", "person", words="该人员在此期间已有代表资格。"),
            always(
                Q(valid_to__isnull=True, ended_by="") | (Q(valid_to__isnull=False) & ~Q(ended_by="")),
                name="end_has_a_way",
                words="已终止的代表资格须写明终止方式，未终止的不填。",
            ),
        ]

    def __str__(self) -> str:
        return str(self.person)
