"""The agenda of a sitting, the documents to read beforehand, and what was resolved."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from congress.enums import AgendaKind, AgendaOutcome
from congress.models.sessions import Sitting
from congress.querysets import AgendaQuerySet, OfSittingQuerySet
from union_portal.base.history import tracked


@tracked()
class AgendaItem(models.Model):
    """议题: what a body hears, reviews, passes or elects. Its own majority overrides the congress's."""

    sitting = models.ForeignKey(Sitting, models.CASCADE, related_name="agenda", verbose_name=_("sitting"))
    position = models.PositiveSmallIntegerField(_("position"))
    kind = models.CharField(_("kind"), max_length=8, choices=AgendaKind.choices)
    title = models.CharField(_("title"), max_length=200)
    presenter = models.CharField(_("presented by"), max_length=100, blank=True)
    majority_numerator = models.PositiveSmallIntegerField(_("majority: more than parts"), null=True, blank=True)
    majority_denominator = models.PositiveSmallIntegerField(_("majority: of"), null=True, blank=True)
    outcome = models.CharField(
        _("outcome"), max_length=16, choices=AgendaOutcome.choices, default=AgendaOutcome.PENDING
    )
    decided_on = models.DateField(_("decided on"), null=True, blank=True)

    objects = AgendaQuerySet.as_manager()

    class Meta:
        verbose_name = _("agenda item")
        verbose_name_plural = _("agenda")
        ordering = ["sitting", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["sitting", "position"],
                name="congress_agenda_position_once",
                violation_error_message=_("Another item has this position."),
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(
                condition=Q(majority_numerator__isnull=True, majority_denominator__isnull=True)
                | Q(majority_numerator__gte=1, majority_denominator__gt=F("majority_numerator")),
                name="congress_agenda_majority_is_a_share",
                violation_error_message=_("The majority is more than a share such as 1 of 2."),
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=[AgendaOutcome.PENDING, AgendaOutcome.WITHDRAWN]) | Q(decided_on__isnull=False),
                name="congress_agenda_decided_has_a_day",
                violation_error_message=_("What was decided needs its day."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def became(self) -> str:
        """The outcome in words; an election is held or fails, it is not passed."""
        if self.kind == AgendaKind.ELECT and self.outcome == AgendaOutcome.PASSED:
            return pgettext("agenda", "Election held")
        if self.kind == AgendaKind.ELECT and self.outcome == AgendaOutcome.LOST:
            return pgettext("agenda", "Nobody elected")
        return str(self.get_outcome_display())


@tracked()
class SessionDocument(models.Model):
    """A document that delegates read beforehand; visible to them from the day it is published."""

    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="documents", verbose_name=_("agenda item"))
    title = models.CharField(_("title"), max_length=200)
    file = models.FileField(_("file"), upload_to="congress-documents/")
    published_on = models.DateField(_("published on"), null=True, blank=True)

    class Meta:
        verbose_name = _("document of the session")
        verbose_name_plural = _("documents of the session")
        ordering = ["item", "pk"]

    def __str__(self) -> str:
        return self.title


@tracked()
class Resolution(models.Model):
    """决议: the words in which a body decided."""

    sitting = models.ForeignKey(Sitting, models.PROTECT, related_name="resolutions", verbose_name=_("sitting"))
    item = models.ForeignKey(
        AgendaItem, models.PROTECT, null=True, blank=True, related_name="resolutions", verbose_name=_("agenda item")
    )
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(pgettext_lazy("resolution", "text"))
    adopted_on = models.DateField(_("adopted on"))

    objects = OfSittingQuerySet.as_manager()

    class Meta:
        verbose_name = _("resolution")
        verbose_name_plural = _("resolutions")
        ordering = ["-adopted_on", "pk"]

    def __str__(self) -> str:
        return self.title
