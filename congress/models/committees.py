"""Committees with dated members, their meetings, what they reviewed, and the regulations that came of it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from congress.enums import CommitteeKind, CommitteePost, Handling, RegulationAct
from congress.models.bodies import Congress
from congress.querysets import CommitteeQuerySet, CommitteeSeatQuerySet, OfficeListQuerySet, RegulationQuerySet
from members.models import Branch, Person
from union_portal.base.history import tracked
from union_portal.base.models import Dated


@tracked()
class Committee(models.Model):
    """委员会 of a congress, the union or a branch, with its own quorum (present ≥ quorum × members)."""

    kind = models.CharField(_("kind"), max_length=16, choices=CommitteeKind.choices)
    name = models.CharField(pgettext_lazy("committee", "name"), max_length=100)
    congress = models.ForeignKey(
        Congress,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="committees",
        verbose_name=pgettext_lazy("term", "congress"),
    )
    branch = models.ForeignKey(
        Branch, models.PROTECT, null=True, blank=True, related_name="committees", verbose_name=_("branch")
    )
    began_on = models.DateField(_("began"))
    ends_on = models.DateField(_("ends"), null=True, blank=True)
    quorum_numerator = models.PositiveSmallIntegerField(_("quorum: parts"), default=2)
    quorum_denominator = models.PositiveSmallIntegerField(_("quorum: of"), default=3)

    objects = CommitteeQuerySet.as_manager()

    class Meta:
        verbose_name = _("committee")
        verbose_name_plural = _("committees")
        ordering = ["kind", "-began_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["name", "began_on"],
                name="congress_committee_once",
                violation_error_message=_("This committee is already recorded."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("began_on")),
                name="congress_committee_dates_in_order",
                violation_error_message=_("The end must not be before the beginning."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


@tracked()
class CommitteeSeat(Dated):
    """Who sits on a committee, in which post, from when to when."""

    committee = models.ForeignKey(Committee, models.CASCADE, related_name="seats", verbose_name=_("committee"))
    person = models.ForeignKey(Person, models.PROTECT, related_name="committee_seats", verbose_name=_("person"))
    post = models.CharField(_("post"), max_length=16, choices=CommitteePost.choices, default=CommitteePost.MEMBER)
    by_election = models.BooleanField(_("by-election"), default=False)
    election = models.ForeignKey(
        "Election", models.PROTECT, null=True, blank=True, related_name="filled", verbose_name=_("election")
    )
    document = models.CharField(_("approval (批复)"), max_length=200, blank=True)

    objects = CommitteeSeatQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("seat on a committee")
        verbose_name_plural = _("seats on committees")
        ordering = ["committee", "post", "person__stroke_key"]
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["committee", "person", "valid_from"],
                name="congress_seat_once",
                violation_error_message=_("This person is already on the committee."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.get_post_display()}"


@tracked()
class Meeting(models.Model):
    """会议 of a committee, with minutes and decisions."""

    committee = models.ForeignKey(Committee, models.PROTECT, related_name="meetings", verbose_name=_("committee"))
    number = models.PositiveSmallIntegerField(_("number"), null=True, blank=True)
    title = models.CharField(_("title"), max_length=200, blank=True)
    held_on = models.DateField(_("held on"))
    place = models.CharField(_("place"), max_length=100, blank=True)
    due = models.PositiveSmallIntegerField(_("due (应到)"), null=True, blank=True)
    present = models.PositiveSmallIntegerField(_("present (实到)"), null=True, blank=True)
    minutes = models.TextField(_("minutes"), blank=True)
    decisions = models.TextField(_("decisions"), blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("entered by")
    )

    objects = OfficeListQuerySet.as_manager()

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["-held_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["committee", "held_on", "title"],
                name="congress_meeting_once",
                violation_error_message=_("This meeting is already recorded."),
            ),
            models.CheckConstraint(
                condition=Q(present__isnull=True) | Q(due__isnull=True) | Q(present__lte=F("due")),
                name="congress_meeting_present_of_due",
                violation_error_message=_("More people are present than are due."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.committee} {self.held_on}"


@tracked()
class Regulation(models.Model):
    """规章制度: one set of rules over its life; what it said and when is in its versions."""

    title = models.CharField(_("title"), max_length=200, unique=True)
    keeper = models.CharField(_("kept by"), max_length=100, blank=True)

    objects = RegulationQuerySet.as_manager()

    class Meta:
        verbose_name = _("regulation")
        verbose_name_plural = _("regulations")
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title


@tracked()
class RegulationVersion(models.Model):
    """What was done to a regulation on a day (制定、修订、完善、废止), by whom, and its text from then on."""

    regulation = models.ForeignKey(Regulation, models.PROTECT, related_name="versions", verbose_name=_("regulation"))
    act = models.CharField(_("what was done"), max_length=16, choices=RegulationAct.choices)
    on = models.DateField(_("on"))
    number = models.CharField(_("document number"), max_length=64, blank=True)
    text = models.TextField(pgettext_lazy("resolution", "text"), blank=True)
    file = models.FileField(_("file"), upload_to="regulations/", blank=True)
    decided_by = models.CharField(_("decided by"), max_length=100, blank=True)

    objects = OfficeListQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of a regulation")
        verbose_name_plural = _("versions of regulations")
        ordering = ["regulation", "-on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["regulation", "on", "act"],
                name="congress_regulation_version_once",
                violation_error_message=_("This version is already recorded."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.regulation} {self.get_act_display()} {self.on}"


@tracked()
class ReviewedDocument(models.Model):
    """审议文件: what a committee's meeting heard, reviewed or passed."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="documents", verbose_name=_("meeting"))
    title = models.CharField(_("title"), max_length=200)
    handling = models.CharField(_("what was done"), max_length=16, choices=Handling.choices, default=Handling.REVIEWED)
    opinion = models.TextField(_("opinion"), blank=True)
    regulation = models.ForeignKey(
        Regulation, models.PROTECT, null=True, blank=True, related_name="reviews", verbose_name=_("regulation")
    )
    file = models.FileField(_("file"), upload_to="reviewed-documents/", blank=True)

    objects = OfficeListQuerySet.as_manager()

    class Meta:
        verbose_name = _("reviewed document")
        verbose_name_plural = _("reviewed documents")
        ordering = ["meeting", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "title"],
                name="congress_reviewed_once",
                violation_error_message=_("This document is already recorded for the meeting."),
            )
        ]

    def __str__(self) -> str:
        return self.title
