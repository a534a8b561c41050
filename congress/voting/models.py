"""Ballots (表决), and the counting sheet that ballots and elections share."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from congress.sessions.models import AgendaItem, Sitting
from congress.sessions.querysets import OfSittingQuerySet
from congress.voting.enums import BALLOT_MACHINE, BallotMethod, BallotResult, BallotState
from members.people.models import Person
from union_portal.base.history import tracked
from union_portal.base.models import StateMove, always, once


class CountingSheet(models.Model):
    """What ballots and elections share: the base, the papers, who counted and who confirmed.

    `due` is the 应到 of the sitting's opening; votes needed are computed from it, not from those present.
    """

    method = models.CharField("表决方式", max_length=8, choices=BallotMethod.choices, default=BallotMethod.PAPER)
    state = models.CharField("状态", max_length=16, choices=BallotState.choices, default=BallotState.OPEN)
    due = models.PositiveIntegerField("应到人数")
    present = models.PositiveIntegerField("实到人数")
    needed = models.PositiveIntegerField("通过所需票数")
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
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="确认人"
    )
    confirmed_at = models.DateTimeField("确认时间", null=True, blank=True)
    signed_sheet = models.CharField("签字计票单", max_length=200, blank=True)
    # 补录: entered from the papers of a session held before the portal, which need no second person here.
    recorded = models.BooleanField("补录（无签到）", default=False, editable=False)
    source = models.CharField("来源", max_length=200, blank=True)

    # The fields that hold votes besides the papers, and what the votes needed are needed for.
    counted: ClassVar[tuple[str, ...]] = ()
    needed_for: ClassVar[str] = "票方能当选"

    class Meta:
        abstract = True
        _by_two = Q(confirmed_by__isnull=True) | (Q(entered_by__isnull=False) & ~Q(entered_by=F("confirmed_by")))
        _by_somebody = (
            ~Q(state=BallotState.CONFIRMED)
            | Q(confirmed_by__isnull=False, confirmed_at__isnull=False)
            | Q(recorded=True) & ~Q(source="")
        )
        constraints = [
            always(
                Q(returned__isnull=True) | Q(handed_out__isnull=True) | Q(returned__lte=F("handed_out")),
                name="returned_of_handed_out",
                words="收回票数多于发出票数。",
            ),
            always(
                Q(handed_out__isnull=True) | Q(handed_out__lte=F("present")),
                name="handed_out_of_present",
                words="发出票数多于实到人数。",
            ),
            always(
                Q(returned__isnull=True) | Q(returned=F("valid") + F("void")),
                name="valid_and_void",
                words="有效票与无效票之和须等于收回票数。",
            ),
            always(_by_two, name="four_eyes", words="录入计票单的人不能确认计票单。"),
            always(_by_somebody, name="confirmed_by_somebody"),
            always(
                Q(teller__isnull=True) | Q(scrutineer__isnull=True) | ~Q(teller=F("scrutineer")),
                name="two_counters",
                words="计票人与监票人不能是同一人。",
            ),
        ]

    @property
    def elects(self) -> str:
        """What carries or elects, in words."""
        return f"须 {self.needed} {self.needed_for}"

    @property
    def words_counted(self) -> str:
        """What was counted, before it is confirmed."""
        return ""


@tracked()
class Ballot(CountingSheet):
    """表决 on an agenda item: carried when the majority of all due are for it."""

    machine = BALLOT_MACHINE

    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="ballots", verbose_name="议题")
    votes_for = models.PositiveIntegerField("同意", null=True, blank=True)
    votes_against = models.PositiveIntegerField("不同意", null=True, blank=True)
    abstained = models.PositiveIntegerField("弃权", null=True, blank=True)
    result = models.CharField("表决结果", max_length=8, choices=BallotResult.choices, blank=True)

    objects = OfSittingQuerySet.as_manager()
    congress_path = "item__sitting__congress"
    counted = ("votes_for", "votes_against", "abstained")
    needed_for = "票同意方为通过"
    empty_words = "对议题的表决：应到、赞成、反对、弃权；在会议的议程中进行。"

    class Meta(CountingSheet.Meta):
        verbose_name = verbose_name_plural = "表决"
        ordering = ["-opened_at", "pk"]
        _open = Q(state__in=[BallotState.OPEN, BallotState.VOIDED])
        _sum = F("votes_for") + F("votes_against") + F("abstained")
        constraints = [
            *CountingSheet.Meta.constraints,
            once("item", condition=~Q(state=BallotState.VOIDED), words="该议题已有表决。"),
            always(
                _open | Q(method=BallotMethod.HANDS, votes_for__isnull=False) | Q(valid=_sum),
                name="adds_up",
                words="同意、不同意与弃权之和须等于有效票。",
            ),
            always(_open | Q(present__gte=_sum), name="votes_of_present", words="计票总数多于实到人数。"),
            always(
                Q(result="")
                | Q(result=BallotResult.CARRIED, votes_for__gte=F("needed"))
                | Q(result=BallotResult.LOST, votes_for__lt=F("needed")),
                name="result_follows",
            ),
            always(~Q(state=BallotState.CONFIRMED) | ~Q(result=""), name="confirmed_result"),
        ]

    def __str__(self) -> str:
        return str(self.item)

    @property
    def sitting(self) -> Sitting:
        """The sitting that votes."""
        return self.item.sitting

    @property
    def words_counted(self) -> str:
        """What was counted, before it is confirmed."""
        agreed, against, abstained = (votes or 0 for votes in (self.votes_for, self.votes_against, self.abstained))
        return f"同意 {agreed:,} 票，不同意 {against:,} 票，弃权 {abstained:,} 票；"


class BallotMove(StateMove):
    subject = models.ForeignKey(Ballot, models.PROTECT, related_name="moves")
