"""Ballots and elections with their counting sheets (计票单). No row ties a person to a vote."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from congress.enums import BallotMethod, BallotResult, BallotState
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

    method = models.CharField(_("method"), max_length=8, choices=BallotMethod.choices, default=BallotMethod.PAPER)
    state = models.CharField(_("state"), max_length=16, choices=BallotState.choices, default=BallotState.OPEN)
    due = models.PositiveIntegerField(_("due (应到)"))
    present = models.PositiveIntegerField(_("present (实到)"))
    handed_out = models.PositiveIntegerField(_("papers handed out"), null=True, blank=True)
    returned = models.PositiveIntegerField(_("papers returned"), null=True, blank=True)
    valid = models.PositiveIntegerField(_("valid papers"), null=True, blank=True)
    void = models.PositiveIntegerField(_("void papers"), null=True, blank=True)
    teller = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("teller (计票人)")
    )
    scrutineer = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("scrutineer (监票人)")
    )
    opened_at = models.DateTimeField(pgettext_lazy("ballot", "opened"), default=timezone.now, editable=False)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("entered by")
    )
    entered_at = models.DateTimeField(_("entered"), null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("confirmed by"),
    )
    confirmed_at = models.DateTimeField(pgettext_lazy("time", "confirmed"), null=True, blank=True)
    signed_sheet = models.CharField(_("signed counting sheet"), max_length=200, blank=True)
    # 补录: entered from the papers of a session held before the portal, which need no second person here.
    recorded = models.BooleanField(_("recorded later, without a roll-call"), default=False, editable=False)
    source = models.CharField(_("source"), max_length=200, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(returned__isnull=True) | Q(handed_out__isnull=True) | Q(returned__lte=F("handed_out")),
                name="%(app_label)s_%(class)s_returned_of_handed_out",
                violation_error_message=_("More papers came back than were handed out."),
            ),
            models.CheckConstraint(
                condition=Q(handed_out__isnull=True) | Q(handed_out__lte=F("present")),
                name="%(app_label)s_%(class)s_handed_out_of_present",
                violation_error_message=_("More papers were handed out than voters are present."),
            ),
            models.CheckConstraint(
                condition=Q(returned__isnull=True) | Q(returned=F("valid") + F("void")),
                name="%(app_label)s_%(class)s_valid_and_void",
                violation_error_message=_("Valid and void papers must add up to the papers returned."),
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True)
                | (Q(entered_by__isnull=False) & ~Q(entered_by=F("confirmed_by"))),
                name="%(app_label)s_%(class)s_four_eyes",
                violation_error_message=_("Who entered the counting sheet does not confirm it."),
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
                violation_error_message=_("Teller and scrutineer are two people."),
            ),
        ]


@tracked()
class Ballot(CountingSheet):
    """表决 on an agenda item: carried when more than the majority of all due are for it."""

    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="ballots", verbose_name=_("agenda item"))
    votes_for = models.PositiveIntegerField(pgettext_lazy("ballot", "for"), null=True, blank=True)
    votes_against = models.PositiveIntegerField(pgettext_lazy("ballot", "against"), null=True, blank=True)
    abstained = models.PositiveIntegerField(pgettext_lazy("ballot", "abstained"), null=True, blank=True)
    needed = models.PositiveIntegerField(_("votes needed"))
    result = models.CharField(_("result"), max_length=8, choices=BallotResult.choices, blank=True)

    objects = OfSittingQuerySet.as_manager()
    congress_path = "item__sitting__congress"

    class Meta(CountingSheet.Meta):
        verbose_name = _("ballot")
        verbose_name_plural = _("ballots")
        ordering = ["-opened_at", "pk"]
        constraints = [
            *CountingSheet.Meta.constraints,
            models.UniqueConstraint(
                fields=["item"],
                condition=~Q(state=BallotState.VOIDED),
                name="congress_ballot_once",
                violation_error_message=_("This item already has a ballot."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=[BallotState.OPEN, BallotState.VOIDED])
                | Q(method=BallotMethod.HANDS, votes_for__isnull=False)
                | Q(valid=F("votes_for") + F("votes_against") + F("abstained")),
                name="congress_ballot_adds_up",
                violation_error_message=_("For, against and abstained must add up to the valid papers."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=[BallotState.OPEN, BallotState.VOIDED])
                | Q(present__gte=F("votes_for") + F("votes_against") + F("abstained")),
                name="congress_ballot_votes_of_present",
                violation_error_message=_("More votes were counted than voters are present."),
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
    subject = models.ForeignKey(Ballot, models.PROTECT, related_name="moves", verbose_name=_("ballot"))

    class Meta(StateMove.Meta):
        verbose_name = _("move of a ballot")
        verbose_name_plural = _("moves of ballots")

    def __str__(self) -> str:
        return f"{self.source} → {self.target}"


@tracked()
class Election(CountingSheet):
    """选举 to a committee: more candidates than seats by `min_surplus` percent (差额).

    Elected is who has more than the majority of all due. When more are above it than seats, most votes win; a tie at
    the last seat or open seats call for a second round.

    Offices begin on `approved_on`, the day of the higher union's approval (批复).
    """

    sitting = models.ForeignKey(Sitting, models.PROTECT, related_name="elections", verbose_name=_("sitting"))
    item = models.ForeignKey(
        AgendaItem, models.PROTECT, null=True, blank=True, related_name="elections", verbose_name=_("agenda item")
    )
    committee = models.ForeignKey(Committee, models.PROTECT, related_name="elections", verbose_name=_("committee"))
    seats = models.PositiveSmallIntegerField(_("seats"))
    min_surplus = models.PositiveSmallIntegerField(_("more candidates than seats, at least (%)"), default=5)
    needed = models.PositiveIntegerField(_("votes needed"))
    first_round = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="later_rounds", verbose_name=_("first round")
    )
    # Seats that stay vacant (空缺) after the last round, by decision; the log says why. Null: nothing was decided.
    left_open = models.PositiveSmallIntegerField(_("seats left open"), null=True, blank=True, editable=False)
    approved_on = models.DateField(_("approved by the higher union on"), null=True, blank=True)
    approval_document = models.CharField(_("approval (批复)"), max_length=200, blank=True)

    objects = OfSittingQuerySet.as_manager()

    class Meta(CountingSheet.Meta):
        verbose_name = _("election")
        verbose_name_plural = _("elections")
        ordering = ["-opened_at", "pk"]
        constraints = [
            *CountingSheet.Meta.constraints,
            models.CheckConstraint(
                condition=Q(seats__gte=1),
                name="congress_election_has_seats",
                violation_error_message=_("An election has at least one seat."),
            ),
            models.CheckConstraint(
                condition=Q(approved_on__isnull=True) | ~Q(approval_document=""),
                name="congress_election_approval_named",
                violation_error_message=_("Name the higher union's approval."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.committee} {self.sitting}"


class ElectionMove(StateMove):
    subject = models.ForeignKey(Election, models.PROTECT, related_name="moves", verbose_name=_("election"))

    class Meta(StateMove.Meta):
        verbose_name = _("move of an election")
        verbose_name_plural = _("moves of elections")

    def __str__(self) -> str:
        return f"{self.source} → {self.target}"


class Candidate(models.Model):
    """候选人, or somebody written in on the papers (另选人)."""

    election = models.ForeignKey(Election, models.CASCADE, related_name="candidates", verbose_name=_("election"))
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("person"))
    written_in = models.BooleanField(_("written in (另选人)"), default=False)
    votes = models.PositiveIntegerField(_("votes"), null=True, blank=True)
    elected = models.BooleanField(_("elected"), default=False)

    class Meta:
        verbose_name = _("candidate")
        verbose_name_plural = _("candidates")
        ordering = ["election", "written_in", "person__stroke_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["election", "person"],
                name="congress_candidate_once",
                violation_error_message=_("This person already stands in the election."),
            )
        ]

    def __str__(self) -> str:
        return str(self.person)
