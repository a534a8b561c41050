"""Elections to committees, with their candidates."""

from django.db import models
from django.db.models import Q

from congress.committees.models import Committee, CommitteeSeat
from congress.elections.enums import ELECTION_MACHINE
from congress.sessions.models import AgendaItem, Sitting
from congress.sessions.querysets import OfSittingQuerySet
from congress.voting.models import CountingSheet
from members.people.models import Person
from union_portal.base.history import tracked
from union_portal.base.models import StateMove, always, once


@tracked()
class Election(CountingSheet):
    """选举 to a committee: more candidates than seats by `min_surplus` percent (差额).

    Elected is who has the majority of all due. When more have it than there are seats, most votes win; a tie at the
    last seat or open seats call for a second round. Those level at the last seat had their majority: among them the
    next round goes `by_most_votes`.

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
    first_round = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="later_rounds", verbose_name="第一轮选举"
    )
    by_most_votes = models.BooleanField("得票多者当选", default=False, editable=False)
    # Seats that stay vacant (空缺) after the last round, by decision; the log says why. Null: nothing was decided.
    left_open = models.PositiveSmallIntegerField("空缺名额", null=True, blank=True, editable=False)
    approved_on = models.DateField("上级工会批复日期", null=True, blank=True)
    approval_document = models.CharField("批复", max_length=200, blank=True)

    objects = OfSittingQuerySet.as_manager()
    empty_words = "委员会的选举：候选人、差额和计票；在会议的议程中安排。"

    class Meta(CountingSheet.Meta):
        verbose_name = verbose_name_plural = "选举"
        ordering = ["-opened_at", "pk"]
        constraints = [
            *CountingSheet.Meta.constraints,
            always(Q(seats__gte=1), name="has_seats", words="选举名额至少一个。"),
            always(
                Q(approved_on__isnull=True) | ~Q(approval_document=""),
                name="approval_named",
                words="请填写上级工会批复文号。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.committee} {self.sitting}"

    @property
    def elects(self) -> str:
        """What elects, in words."""
        return "得票多者当选（末位票数相同，再次投票）" if self.by_most_votes else super().elects


class ElectionMove(StateMove):
    subject = models.ForeignKey(Election, models.PROTECT, related_name="moves")


class Candidate(models.Model):
    """候选人, or somebody written in on the papers (另选人)."""

    election = models.ForeignKey(Election, models.CASCADE, related_name="candidates", verbose_name="选举")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="人员")
    written_in = models.BooleanField("另选人", default=False)
    votes = models.PositiveIntegerField("得票", null=True, blank=True)
    elected = models.BooleanField("当选", default=False)
    seat = models.OneToOneField(
        CommitteeSeat, models.PROTECT, null=True, blank=True, related_name="candidate", verbose_name="任职"
    )

    class Meta:
        verbose_name = verbose_name_plural = "候选人"
        ordering = ["election", "written_in", "person__stroke_key", "pk"]
        constraints = [once("election", "person", words="该人员已是候选人。")]

    def __str__(self) -> str:
        return str(self.person)
