"""Inspections (代表巡视) with their findings, and petitions (诉求), which only their handlers see."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from congress.enums import FindingState, PetitionChannel, PetitionState
from congress.models.bodies import Congress
from congress.models.departments import Department
from congress.querysets import OfficeListQuerySet, PetitionQuerySet
from members.models import Person
from union_portal.base.fields import EncryptedTextField
from union_portal.base.history import tracked
from union_portal.base.models import StateMove


@tracked()
class Inspection(models.Model):
    """代表巡视: delegates go and look."""

    congress = models.ForeignKey(
        Congress,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="inspections",
        verbose_name=pgettext_lazy("term", "congress"),
    )
    number = models.PositiveSmallIntegerField(_("number within the term"), null=True, blank=True)
    title = models.CharField(_("title"), max_length=200)
    held_on = models.DateField(_("held on"))
    places = models.CharField(_("places"), max_length=300, blank=True)
    people = models.ManyToManyField(Person, related_name="inspections", blank=True, verbose_name=_("delegates"))
    heads = models.PositiveSmallIntegerField(_("people taking part"), null=True, blank=True)
    summary = models.TextField(_("summary"), blank=True)

    objects = OfficeListQuerySet.as_manager()

    class Meta:
        verbose_name = _("inspection")
        verbose_name_plural = _("inspections")
        ordering = ["-held_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["title", "held_on"],
                name="congress_inspection_once",
                violation_error_message=_("This inspection is already recorded."),
            )
        ]

    def __str__(self) -> str:
        return self.title


@tracked()
class Finding(models.Model):
    """What an inspection found, who is to put it right, and what became of it."""

    inspection = models.ForeignKey(Inspection, models.CASCADE, related_name="findings", verbose_name=_("inspection"))
    text = models.TextField(_("what was found"))
    department = models.ForeignKey(
        Department,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="findings",
        verbose_name=pgettext_lazy("congress", "department"),
    )
    due_on = models.DateField(_("to be put right by"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=16, choices=FindingState.choices, default=FindingState.OPEN)
    result = models.TextField(_("what became of it"), blank=True)
    settled_on = models.DateField(_("settled on"), null=True, blank=True)

    objects = OfficeListQuerySet.as_manager()

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        ordering = ["inspection", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=FindingState.OPEN) | (~Q(result="") & Q(settled_on__isnull=False)),
                name="congress_finding_settled_in_words",
                violation_error_message=_("Say what became of it."),
            )
        ]

    def __str__(self) -> str:
        return self.text[:40]


class FindingMove(StateMove):
    subject = models.ForeignKey(Finding, models.PROTECT, related_name="moves", verbose_name=_("finding"))

    class Meta(StateMove.Meta):
        verbose_name = _("move of a finding")
        verbose_name_plural = _("moves of findings")

    def __str__(self) -> str:
        return f"{self.source} → {self.target}"


class Petition(models.Model):
    """诉求、来信来访: confidential. Text, answer and who came are encrypted; only its handlers see that it exists."""

    number = models.CharField(pgettext_lazy("petition", "number"), max_length=24, unique=True)
    channel = models.CharField(_("channel"), max_length=8, choices=PetitionChannel.choices)
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="petitions", verbose_name=_("who came")
    )
    who = EncryptedTextField(_("who came, in words"), blank=True, default="")
    subject = EncryptedTextField(_("subject"))
    text = EncryptedTextField(pgettext_lazy("petition", "text"), blank=True, default="")
    answer = EncryptedTextField(_("answer"), blank=True, default="")
    state = models.CharField(_("state"), max_length=16, choices=PetitionState.choices, default=PetitionState.RECEIVED)
    received_on = models.DateField(_("received on"))
    due_on = models.DateField(_("to be answered by"))
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    handlers = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="petitions_handled", verbose_name=_("handlers")
    )
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("entered by")
    )

    objects = PetitionQuerySet.as_manager()

    class Meta:
        verbose_name = _("petition")
        verbose_name_plural = _("petitions")
        ordering = ["-received_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(due_on__gte=F("received_on")),
                name="congress_petition_due_after_received",
                violation_error_message=_("The deadline lies after the day it was received."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[PetitionState.ANSWERED, PetitionState.CLOSED]) | Q(answered_on__isnull=False),
                name="congress_petition_answered_has_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class PetitionMove(StateMove):
    subject = models.ForeignKey(Petition, models.PROTECT, related_name="moves", verbose_name=_("petition"))

    class Meta(StateMove.Meta):
        verbose_name = _("move of a petition")
        verbose_name_plural = _("moves of petitions")

    def __str__(self) -> str:
        return f"{self.source} → {self.target}"
