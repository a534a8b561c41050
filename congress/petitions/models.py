"""Petitions (诉求): seen by their handlers alone, kept encrypted."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from congress.petitions.enums import PETITION_MACHINE, PetitionChannel, PetitionState
from congress.petitions.querysets import PetitionQuerySet
from members.people.models import Person
from union_portal.base.fields import EncryptedTextField
from union_portal.base.models import StateMove


class Petition(models.Model):
    """诉求、来信来访: confidential. Text, answer and who came are encrypted; only its handlers see that it exists."""

    machine = PETITION_MACHINE

    number = models.CharField("编号", max_length=24, unique=True)
    channel = models.CharField("途径", max_length=8, choices=PetitionChannel.choices)
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="petitions", verbose_name="来访人"
    )
    who = EncryptedTextField("来访人（文字）", blank=True, default="")
    subject = EncryptedTextField("事由")
    text = EncryptedTextField("内容", blank=True, default="")
    answer = EncryptedTextField("答复", blank=True, default="")
    state = models.CharField("状态", max_length=16, choices=PetitionState.choices, default=PetitionState.RECEIVED)
    received_on = models.DateField("接收日期")
    due_on = models.DateField("答复期限")
    answered_on = models.DateField("答复日期", null=True, blank=True)
    handlers = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="petitions_handled", verbose_name="经办人")
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="录入人"
    )

    objects = PetitionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "诉求"
        ordering = ["-received_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(due_on__gte=F("received_on")),
                name="congress_petition_due_after_received",
                violation_error_message="办理期限不能早于接收日期。",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[PetitionState.ANSWERED, PetitionState.CLOSED]) | Q(answered_on__isnull=False),
                name="congress_petition_answered_has_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class PetitionMove(StateMove):
    subject = models.ForeignKey(Petition, models.PROTECT, related_name="moves", verbose_name="诉求")

    class Meta(StateMove.Meta):
        verbose_name = verbose_name_plural = "诉求的流转"

    def __str__(self) -> str:
        return f"{self.source} → {self.target}"
