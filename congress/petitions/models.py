"""Petitions (诉求): seen by their handlers alone, kept encrypted."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from congress.petitions.enums import PETITION_MACHINE, TERM_DAYS, PetitionChannel, PetitionState
from congress.petitions.querysets import PetitionQuerySet
from members.people.models import Person
from union_portal.base.fields import EncryptedTextField
from union_portal.base.models import StateMove, always
from union_portal.base.validators import not_in_future


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
    handed_over = EncryptedTextField("移交经过", blank=True, default="", editable=False)
    state = models.CharField("状态", max_length=16, choices=PetitionState.choices, default=PetitionState.RECEIVED)
    received_on = models.DateField("接收日期", validators=[not_in_future])
    due_on = models.DateField("答复期限", blank=True, help_text=f"留空则为{TERM_DAYS}天。")
    answered_on = models.DateField("答复日期", null=True, blank=True)
    handlers = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="petitions_handled", verbose_name="经办人")
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="录入人"
    )

    objects = PetitionQuerySet.as_manager()
    empty_words = "来信来访和诉求，内容加密，只有受理人看得到。"

    class Meta:
        verbose_name = verbose_name_plural = "诉求"
        ordering = ["-received_on", "-pk"]
        constraints = [
            always(Q(due_on__gte=F("received_on")), name="due_after_received", words="办理期限不能早于接收日期。"),
            always(
                ~Q(state__in=[PetitionState.ANSWERED, PetitionState.CLOSED]) | Q(answered_on__isnull=False),
                name="answered_has_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def clean(self) -> None:
        """Let the term follow from the day unless it is given."""
        if self.due_on is None and self.received_on is not None:
            self.due_on = self.received_on + dt.timedelta(days=TERM_DAYS)


class PetitionMove(StateMove):
    subject = models.ForeignKey(Petition, models.PROTECT, related_name="moves")
