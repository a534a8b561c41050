"""Committees with their seats, meetings and the documents they reviewed."""

import datetime as dt
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Max, Q
from django.utils import timezone

from congress.bodies.enums import Bound
from congress.bodies.models import Congress
from congress.bodies.querysets import OfficeListQuerySet, led_by, runs_school, sees_school
from congress.committees.enums import CommitteeKind, CommitteePost, Handling
from congress.regulations.models import Regulation
from members.branches.models import Branch
from members.people.models import Person
from union_portal.accounts.enums import Role
from union_portal.accounts.models import User
from union_portal.base.history import tracked
from union_portal.base.models import Dated, always, apart, once
from union_portal.base.papers import PaperField
from union_portal.base.querysets import DatedQuerySet
from union_portal.base.validators import not_in_future


class CommitteeQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> Self:
        """Return all for school roles; for branch chairs their branches' own committees."""
        return self.all() if sees_school(user) else self._of_led(user)

    def run_by(self, user: User) -> Self:
        """Return the committees the account keeps: all for the offices, for branch chairs their branches' own."""
        return self.all() if runs_school(user) or user.has_role(Role.ORGANISATION) else self._of_led(user)

    def _of_led(self, user: User) -> Self:
        led = led_by(user)
        return self.filter(Q(branch__in=led) | Q(branch=None, congress__branch__in=led))

    def standing(self, *, on: dt.date) -> Self:
        """Return committees in office on the day."""
        return self.filter(Q(began_on__lte=on), Q(ends_on__isnull=True) | Q(ends_on__gte=on))


class CommitteeSeatQuerySet(DatedQuerySet):
    def visible_to(self, user: User) -> Self:
        """Return all for school roles, else the account's own."""
        return self.all() if sees_school(user) else self.filter(person__user=user)

    def reviewing(self, user: User) -> Self:
        """Return the seats that let the account review proposals today: on the school's proposal committee."""
        school = Q(committee__branch=None, committee__congress__branch=None)
        seats = self.filter(school, person__user=user, committee__kind=CommitteeKind.PROPOSAL)
        return seats.in_force(on=timezone.localdate())


@tracked()
class Committee(models.Model):
    """委员会 of a congress, the union or a branch, with its own quorum of its members."""

    kind = models.CharField("类别", max_length=16, choices=CommitteeKind.choices)
    name = models.CharField("名称", max_length=100)
    congress = models.ForeignKey(
        Congress, models.PROTECT, null=True, blank=True, related_name="committees", verbose_name="届次"
    )
    branch = models.ForeignKey(
        Branch, models.PROTECT, null=True, blank=True, related_name="committees", verbose_name="分工会"
    )
    began_on = models.DateField("开始")
    ends_on = models.DateField("结束", null=True, blank=True)
    quorum_numerator = models.PositiveSmallIntegerField("法定人数：份", default=2)
    quorum_denominator = models.PositiveSmallIntegerField("法定人数：共", default=3)
    quorum_bound = models.CharField("法定人数：起点", max_length=16, choices=Bound.choices, default=Bound.AT_LEAST)

    objects = CommitteeQuerySet.as_manager()
    empty_words = "工会委员会、经审委员会、提案委员会等，各有委员和会议。"

    class Meta:
        verbose_name = verbose_name_plural = "委员会"
        ordering = ["kind", "-began_on", "pk"]
        _in_order = Q(ends_on__isnull=True) | Q(ends_on__gte=F("began_on"))
        constraints = [
            once("name", "began_on", words="该委员会已登记。"),
            always(_in_order, name="dates_in_order", words="结束日期不能早于起始日期。"),
            always(
                Q(quorum_denominator__gte=1, quorum_numerator__lte=F("quorum_denominator")),
                name="quorum_is_a_share",
                words="法定人数须为比例，如 2/3。",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def in_office(self, *, on: dt.date) -> bool:
        """Whether it was in office on the day."""
        return self.began_on <= on and (self.ends_on is None or on <= self.ends_on)

    def quorum_of(self, due: int) -> int:
        """Return how many of those due must be present."""
        return Bound(self.quorum_bound).least(of=due, above=self.quorum_numerator, below=self.quorum_denominator)

    @property
    def quorum_in_words(self) -> str:
        """The quorum as rules write it."""
        return Bound(self.quorum_bound).words(self.quorum_numerator, self.quorum_denominator, of="应到人数")


@tracked()
class CommitteeSeat(Dated):
    """Who sits on a committee, in which post, from when to when."""

    committee = models.ForeignKey(Committee, models.CASCADE, related_name="seats", verbose_name="委员会")
    person = models.ForeignKey(Person, models.PROTECT, related_name="committee_seats", verbose_name="人员")
    post = models.CharField("职务", max_length=16, choices=CommitteePost.choices, default=CommitteePost.MEMBER)
    by_election = models.BooleanField("补选", default=False)
    document = models.CharField("批复", max_length=200, blank=True)

    objects = CommitteeSeatQuerySet.as_manager()
    empty_words = "委员会的委员和任职起止；可以一次导入。"

    class Meta(Dated.Meta):
        verbose_name = verbose_name_plural = "委员"
        ordering = ["committee", "post", "person__stroke_key"]
        constraints = [*Dated.Meta.constraints, apart("committee", "person", words="该人员已是委员会成员。")]

    def __str__(self) -> str:
        return f"{self.person} {self.get_post_display()}"

    def clean(self) -> None:
        """Refuse a seat that begins outside the committee's term."""
        on, term = self.valid_from, self.committee if self.committee_id else None
        if on and term and not term.in_office(on=on):
            raise ValidationError({"valid_from": f"日期不在委员会任期内（任期自 {term.began_on} 起）。"})


@tracked()
class Meeting(models.Model):
    """会议 of a committee, with minutes and decisions; too few present is said, not refused."""

    committee = models.ForeignKey(Committee, models.PROTECT, related_name="meetings", verbose_name="委员会")
    number = models.PositiveSmallIntegerField(
        "编号", null=True, blank=True, validators=[MinValueValidator(1)], help_text="第几次会议；留空则按日期接着编。"
    )
    title = models.CharField("标题", max_length=200, blank=True)
    held_on = models.DateField("举行日期", validators=[not_in_future])
    place = models.CharField("地点", max_length=100, blank=True)
    due = models.PositiveSmallIntegerField("应到人数", null=True, blank=True, help_text="留空则按当日在任委员计算。")
    present = models.PositiveSmallIntegerField("实到人数", null=True, blank=True)
    minutes = models.TextField("会议记录", blank=True)
    decisions = models.TextField("议定事项", blank=True)

    objects = OfficeListQuerySet.as_manager()
    empty_words = "委员会开过的会：日期、到会、议题和决定；可以一次导入。"

    class Meta:
        verbose_name = verbose_name_plural = "委员会会议"
        ordering = ["-held_on", "-pk"]
        _of_due = Q(present__isnull=True) | Q(due__isnull=True) | Q(present__lte=F("due"))
        constraints = [
            once("committee", "held_on", "title", words="该会议已登记。"),
            once("committee", "number", name="number_once", words="该委员会已有这个编号的会议，请核对编号。"),
            always(_of_due, name="present_of_due", words="实到人数多于应到人数。"),
        ]

    def __str__(self) -> str:
        return f"{self.committee} {self.held_on}"

    def clean(self) -> None:
        """Refuse a day out of office; where nothing was said, count from the seats who is due and number by the day."""
        if self.committee_id and self.held_on:
            if not self.committee.in_office(on=self.held_on):
                raise ValidationError({"held_on": f"{self.committee}当日不在任，请选择当日在任的一届。"})
            if self.due is None:
                self.due = self.committee.seats.in_force(on=self.held_on).count() or None
            if self.number is None:
                self.number = self.number_by_day()

    def number_by_day(self) -> int | None:
        """Return the number after those held before, or nothing where a later meeting bears it already."""
        others = self.committee.meetings.exclude(pk=self.pk).exclude(number=None)
        before = others.filter(held_on__lte=self.held_on).aggregate(last=Max("number"))["last"] or 0
        later = others.filter(held_on__gt=self.held_on)
        return before + 1 if not later.filter(number__lte=before + 1).exists() else None

    @property
    def short(self) -> bool:
        """Whether too few were present by the committee's own quorum; unknown numbers are not held against it."""
        if not self.due or self.present is None:
            return False
        return self.present < self.committee.quorum_of(self.due)


@tracked()
class ReviewedDocument(models.Model):
    """审议文件: what a committee's meeting heard, reviewed or passed."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="documents", verbose_name="会议")
    title = models.CharField("标题", max_length=200)
    handling = models.CharField("处理方式", max_length=16, choices=Handling.choices, default=Handling.REVIEWED)
    opinion = models.TextField("审议意见", blank=True)
    regulation = models.ForeignKey(
        Regulation, models.PROTECT, null=True, blank=True, related_name="reviews", verbose_name="规章制度"
    )
    file = PaperField("文件", door="congress:reviewed_file")

    objects = OfficeListQuerySet.as_manager()
    empty_words = "委员会会议听取、审议或通过的文件。"

    class Meta:
        verbose_name = verbose_name_plural = "审议文件"
        ordering = ["meeting", "pk"]
        constraints = [once("meeting", "title", words="该会议已登记此文件。")]

    def __str__(self) -> str:
        return self.title
