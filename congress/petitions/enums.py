"""Channels and states of petitions with their moves; who takes them."""

from django.db import models

from union_portal.accounts.enums import Role
from union_portal.base.states import Machine, Move


class PetitionChannel(models.TextChoices):
    """来信来访的途径."""

    VISIT = "visit", "来访"
    LETTER = "letter", "来信"
    PHONE = "phone", "来电"
    PORTAL = "portal", "平台提交"


class PetitionState(models.TextChoices):
    RECEIVED = "received", "已接收"
    HANDLING = "handling", "办理中"
    ANSWERED = "answered", "已答复"
    CLOSED = "closed", "已办结"


PETITION_MACHINE = Machine(
    name="congress.petition",
    initial=[PetitionState.RECEIVED],
    moves=[
        Move("take_up", PetitionState.RECEIVED, PetitionState.HANDLING, "受理"),
        Move(
            "answer", PetitionState.HANDLING, PetitionState.ANSWERED, "答复", fields=("answer",), required=("answer",)
        ),
        Move("reopen", PetitionState.ANSWERED, PetitionState.HANDLING, "重新受理"),
        Move("close", PetitionState.ANSWERED, PetitionState.CLOSED, "办结"),
    ],
)

# The usual term of 信访 rules: sixty days.
TERM_DAYS = 60
# The offices that take petitions, in the order they are offered; the first is who gets it unless another is chosen.
PETITION_ROLES = (Role.CONGRESS, Role.ORGANISATION, Role.WOMEN, Role.VICE_CHAIR, Role.CHAIR)
