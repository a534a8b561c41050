"""The states of a finding with their moves."""

from django.db import models

from union_portal.base.states import Machine, Move


class FindingState(models.TextChoices):
    """What became of a finding (巡视发现)."""

    OPEN = "open", "待整改"
    PUT_RIGHT = "put_right", "已整改"
    EXPLAINED = "explained", "已说明，无需整改"


FINDING_MACHINE = Machine(
    name="congress.finding",
    initial=[FindingState.OPEN, FindingState.PUT_RIGHT, FindingState.EXPLAINED],
    moves=[
        Move("put_right", FindingState.OPEN, FindingState.PUT_RIGHT, "登记整改结果"),
        Move("explain", FindingState.OPEN, FindingState.EXPLAINED, "登记说明"),
    ],
)
