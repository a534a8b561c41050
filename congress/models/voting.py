"""Ballots and elections with their counting sheets (计票单). No row ties a person to a vote."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from congress.enums import BALLOT_MACHINE, ELECTION_MACHINE, BallotMethod, BallotResult, BallotState
from congress.models.agenda import AgendaItem
from congress.models.committees import Committee
from congress.models.sessions import Sitting
from congress.querysets import OfSittingQuerySet
from members.models import Person
from union_portal.base.history import tracked
from union_portal.base.models import StateMove


class CountingSheet(models.Model):
    """What ballots and elections share: the base, the papers, who counted and who confirmed.

    `due` is the 应到 of the sitting's opening; votes needed are computed from it, not from those present.
    """

    method = models.CharField("表决方式", max_length=8, choices=BallotMethod.choices, default=BallotMethod.PAPER)
    state = models.CharField("状态", max_length=16, choices=BallotState.choices, default=BallotState.OPEN)
    due = models.PositiveIntegerField("应到人数")
    present = models.PositiveIntegerField("实到人数")
    handed_out = models.PositiveIntegerField("发出票数", null=True, blank=True)
    returned = models.PositiveIntegerField("收回票数", null=True, blank=True)
    valid = models.PositiveIntegerField("有效票", null=True, blank=True)
    void = models.PositiveIntegerField("无效票", null=True, blank=True)
    teller = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="计票人")
    scrutineer = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="监票人"
    )
    opened_at = models.DateTimeField("发起时间", default=timezone.now, editable=False)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="录入人"
    )
    entered_at = models.DateTimeField("录入时间", null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="确认人",
    )
    confirmed_at = models.DateTimeField("确认时间", null=True, blank=True)
    signed_sheet = models.CharField("签字计票单", max_length=200, blank=True)
    # 补录: entered from the papers of a session held before the portal, which need no second person here.
    recorded = models.BooleanField("补录（无签到）", default=False, editable=False)
    source = models.CharField("来源", max_length=200, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(returned__isnull=True) | Q(handed_out__isnull=True) | Q(returned__lte=F("handed_out")),
                name="%(app_label)s_%(class)s_returned_of_handed_out",
                violation_error_message="收回票数多于发出票数。",
            ),
            models.CheckConstraint(
                condition=Q(handed_out__isnull=True) | Q(handed_out__lte=F("present")),
                name="%(app_label)s_%(class)s_handed_out_of_present",
                violation_error_message="发出票数多于实到人数。",
            ),
            models.CheckConstraint(
                condition=Q(returned__isnull=True) | Q(returned=F("valid") + F("void")),
                name="%(app_label)s_%(class)s_valid_and_void",
                violation_error_message="有效票与无效票之和须等于收回票数。",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True)
                | (Q(entered_by__isnull=False) & ~Q(entered_by=F("confirmed_by"))),
                name="%(app_label)s_%(class)s_four_eyes",
                violation_error_message="录入计票单的人不能确认计票单。",
            ),
            models.CheckConstraint(
                condition=~Q(state=BallotState.CONFIRMED)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False)
                | Q(recorded=True) & ~Q(source=""),
                name="%(app_label)s_%(class)s_confirmed_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(teller__isnull=True) | Q(scrutineer__isnull=True) | ~Q(teller=F("scrutineer")),
                name="%(app_label)s_%(class)s_two_counters",
                violation_error_message="计票人与监票人不能是同一人。",
            ),
        ]


@tracked()
class Ballot(CountingSheet):
    """表决 on an agenda item: carried when more than the majority of all due are for it."""

    machine = BALLOT_MACHINE

    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="ballots", verbose_name="议题")
    votes_for = models.PositiveIntegerField("同意", null=True, blank=True)
    votes_against = models.PositiveIntegerField("不同意", null=True, blank=True)
    abstained = models.PositiveIntegerField("弃权", null=True, blank=True)
    needed = models.PositiveIntegerField("通过所需票数")
    result = models.CharField("表决结果", max_length=8, choices=BallotResult.choices, blank=True)

    objects = OfSittingQuerySet.as_manager()
    congress_path = "item__sitting__congress"

    class Meta(CountingSheet.Meta):
        verbose_name = verbose_name_plural = "表决"
        ordering = ["-opened_at", "pk"]
        constraints = [
            *CountingSheet.Meta.constraints,
            models.UniqueConstraint(
                fields=["item"],
                condition=~Q(state=BallotState.VOIDED),
                name="congress_ballot_once",
                violation_error_message="该议题已有表决。",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[BallotState.OPEN, BallotState.VOIDED])
                | Q(method=BallotMethod.HANDS, votes_for__isnull=False)
                | Q(valid=F("votes_for") + F("votes_against") + F("abstained")),
                name="congress_ballot_adds_up",
                violation_error_message="同意、不同意与弃权之和须等于有效票。",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[BallotState.OPEN, BallotState.VOIDED])
                | Q(present__gte=F("votes_for") + F("votes_against") + F("abstained")),
                name="congress_ballot_votes_of_present",
                violation_error_message="计票总数多于实到人数。",
            ),
            models.CheckConstraint(
                condition=Q(result="")
                | Q(result=BallotResult.CARRIED, votes_for__gte=F("needed"))
                | Q(result=BallotResult.LOST, votes_for__lt=F("needed")),
                name="congress_ballot_result_follows",
            ),
            models.CheckConstraint(
                condition=~Q(state=BallotState.CONFIRMED) | ~Q(result=""), name="congress_ballot_confirmed_result"
            ),
        ]

    def __str__(self) -> str:
        return str(self.item)


class BallotMove(StateMove):
    subject = models.ForeignKey(Ballot, models.PROTECT, related_name="moves", verbose_name="表决")

    class Meta(StateMove.Meta):
        verbose_name = verbose_name_plural = "表决的流转"

    def __str__(self) -> str:
        return f"{self.source} → {self.target}"


@tracked()
class Election(CountingSheet):
    """选举 to a committee: more candidates than seats by `min_surplus` percent (差额).

    Elected is who has more than the majority of all due. When more are above it than seats, most votes win; a tie at
    the last seat or open seats call for a second round.

    Offices begin on `approved_on`, the day of the higher union's approval (批复).
    """

    machine = ELECTION_MACHINE

    sitting = models.ForeignKey(Sitting, models.PROTECT, related_name="elections", verbose_name="会议（分大会）")
    item = models.ForeignKey(
        AgendaItem, models.PROTECT, null=True, blank=True, related_name="elections", verbose_name="议题"
    )
    committee = models.ForeignKey(Committee, models.PROTECT, related_name="elections", verbose_name="委员会")
    seats = models.PositiveSmallIntegerField("名额")
    min_surplus = models.PositiveSmallIntegerField("差额比例不低于（%）", default=5)
    needed = models.PositiveIntegerField("通过所需票数")
    first_round = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="later_rounds", verbose_name="第一轮选举"
    )
    # Seats that stay vacant (空缺) after the last round, by decision; the log says why. Null: nothing was decided.
    left_open = models.PositiveSmallIntegerField("空缺名额", null=True, blank=True, editable=False)
    approved_on = models.DateField("上级工会批复日期", null=True, blank=True)
    approval_document = models.CharField("批复", max_length=200, blank=True)

    objects = OfSittingQuerySet.as_manager()

    class Meta(CountingSheet.Meta):
        verbose_name = verbose_name_plural = "选举"
        ordering = ["-opened_at", "pk"]
        constraints = [
            *CountingSheet.Meta.constraints,
            models.CheckConstraint(
                condition=Q(seats__gte=1),
                name="congress_election_has_seats",
                violation_error_message="选举名额至少一个。",
            ),
            models.CheckConstraint(
                condition=Q(approved_on__isnull=True) | ~Q(approval_document=""),
                name="congress_election_approval_named",
                violation_error_message="请填写上级工会批复文号。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.committee} {self.sitting}"


class ElectionMove(StateMove):
    subject = models.ForeignKey(Election, models.PROTECT, related_name="moves", verbose_name="选举")

    class Meta(StateMove.Meta):
        verbose_name = verbose_name_plural = "选举的流转"

    def __str__(self) -> str:
        return f"{self.source} → {self.target}"


class Candidate(models.Model):
    """候选人, or somebody written in on the papers (另选人)."""

    election = models.ForeignKey(Election, models.CASCADE, related_name="candidates", verbose_name="选举")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="人员")
    written_in = models.BooleanField("另选人", default=False)
    votes = models.PositiveIntegerField("得票", null=True, blank=True)
    elected = models.BooleanField("当选", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "候选人"
        ordering = ["election", "written_in", "person__stroke_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["election", "person"],
                name="congress_candidate_once",
                violation_error_message="该人员已是候选人。",
            )
        ]

    def __str__(self) -> str:
        return str(self.person)
