"""The states of a finding with their moves."""

from django.db import models

from union_portal.base.states import Machine, Move


class FindingState(models.TextChoices):
    OPEN = "open", "待整改"
    PUT_RIGHT = "put_right", "已整改"
    EXPLAINED = "explained", "已说明，无需整改"


_ASKED = ("result", "settled_on")
FINDING_MACHINE = Machine(
    name="congress.finding",
    initial=[FindingState.OPEN, FindingState.PUT_RIGHT, FindingState.EXPLAINED],
    moves=[
        Move("put_right", FindingState.OPEN, FindingState.PUT_RIGHT, "登记整改结果", fields=_ASKED, required=_ASKED),
        Move("explain", FindingState.OPEN, FindingState.EXPLAINED, "登记说明", fields=_ASKED, required=_ASKED),
    ],
)
