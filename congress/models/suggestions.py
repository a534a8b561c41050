"""Suggestions (意见建议), the drives (金点子) that collect them, and the groups they are answered in."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from congress.enums import SuggestionSource, SuggestionState
from congress.models.bodies import Delegation
from congress.models.departments import Department
from congress.models.proposals import Proposal
from congress.models.sessions import Session
from congress.querysets import SuggestionDriveQuerySet, SuggestionQuerySet
from members.models import Person
from union_portal.base.history import tracked
from union_portal.base.models import StateMove


@tracked()
class SuggestionDrive(models.Model):
    """金点子、合理化建议征集: open to all members for some weeks."""

    title = models.CharField(_("title"), max_length=100)
    opens_on = models.DateField(_("opens on"))
    closes_on = models.DateField(_("closes on"))
    words = models.TextField(_("call to the members"), blank=True)

    objects = SuggestionDriveQuerySet.as_manager()

    class Meta:
        verbose_name = _("suggestion drive")
        verbose_name_plural = _("suggestion drives")
        ordering = ["-opens_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["title", "opens_on"], name="congress_suggestiondrive_once"),
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("opens_on")),
                name="congress_suggestiondrive_days_in_order",
                violation_error_message=_("A drive closes after it opens."),
            ),
        ]

    def __str__(self) -> str:
        return self.title


@tracked()
class SuggestionGroup(models.Model):
    """Suggestions about one matter, answered together."""

    title = models.CharField(_("title"), max_length=100)
    session = models.ForeignKey(
        Session, models.PROTECT, null=True, blank=True, related_name="suggestion_groups", verbose_name=_("session")
    )

    objects = SuggestionDriveQuerySet.as_manager()

    class Meta:
        verbose_name = _("group of suggestions")
        verbose_name_plural = _("groups of suggestions")
        ordering = ["title", "pk"]

    def __str__(self) -> str:
        return self.title


@tracked()
class Suggestion(models.Model):
    """意见建议: from a group discussion, a late or passed-on proposal, or a drive; answered in writing."""

    source = models.CharField(_("came from"), max_length=16, choices=SuggestionSource.choices)
    session = models.ForeignKey(
        Session, models.PROTECT, null=True, blank=True, related_name="suggestions", verbose_name=_("session")
    )
    drive = models.ForeignKey(
        SuggestionDrive, models.PROTECT, null=True, blank=True, related_name="suggestions", verbose_name=_("drive")
    )
    proposal = models.OneToOneField(
        Proposal, models.PROTECT, null=True, blank=True, related_name="suggestion", verbose_name=_("proposal")
    )
    delegation = models.ForeignKey(
        Delegation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="suggestions",
        verbose_name=pgettext_lazy("congress", "delegation"),
    )
    author = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="suggestions", verbose_name=_("author")
    )
    group = models.ForeignKey(
        SuggestionGroup, models.SET_NULL, null=True, blank=True, related_name="suggestions", verbose_name=_("group")
    )
    title = models.CharField(_("title"), max_length=100)
    text = models.TextField(pgettext_lazy("suggestion", "text"))
    state = models.CharField(
        _("state"), max_length=16, choices=SuggestionState.choices, default=SuggestionState.COLLECTED
    )
    collected_on = models.DateField(_("collected on"))
    department = models.ForeignKey(
        Department,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="suggestions",
        verbose_name=pgettext_lazy("congress", "department"),
    )
    due_on = models.DateField(_("to be answered by"), null=True, blank=True)
    answer = models.TextField(_("answer"), blank=True)
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=pgettext_lazy("suggestion", "answered by"),
    )
    published = models.BooleanField(_("published to all members"), default=False)
    recorded = models.BooleanField(_("recorded later"), default=False)

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("suggestion")
        verbose_name_plural = _("suggestions")
        ordering = ["-collected_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=SuggestionState.SENT) | Q(department__isnull=False),
                name="congress_suggestion_sent_to_somebody",
                violation_error_message=_("Choose the department."),
            ),
            models.CheckConstraint(
                condition=~Q(state=SuggestionState.ANSWERED)
                | Q(recorded=True)
                | (~Q(answer="") & Q(answered_on__isnull=False)),
                name="congress_suggestion_answered_in_writing",
                violation_error_message=_("A suggestion is answered in writing."),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class SuggestionMove(StateMove):
    subject = models.ForeignKey(Suggestion, models.PROTECT, related_name="moves", verbose_name=_("suggestion"))

    class Meta(StateMove.Meta):
        verbose_name = _("move of a suggestion")
        verbose_name_plural = _("moves of suggestions")

    def __str__(self) -> str:
        return f"{self.source} → {self.target}"
