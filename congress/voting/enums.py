"""Ways to vote, the states of a counting sheet with their moves, results."""

from django.db import models

from union_portal.base.states import Machine, Move


class BallotMethod(models.TextChoices):
    HANDS = "hands", "举手表决"
    PAPER = "paper", "票决"


class BallotState(models.TextChoices):
    """The counting sheet (计票单) is entered once and confirmed by the scrutineer; then nobody changes it."""

    OPEN = "open", "待计票"
    COUNTED = "counted", "已计票，待监票人确认"
    CONFIRMED = "confirmed", "已确认"
    VOIDED = "voided", "作废"


def counting_moves(name: str, *more: Move) -> Machine:
    """Begin open, or confirmed where a count of before the portal is recorded; only such a one is voided afterwards."""
    return Machine(
        name=name,
        initial=[BallotState.OPEN, BallotState.CONFIRMED],
        moves=[
            Move("enter", BallotState.OPEN, BallotState.COUNTED, "录入计票单"),
            Move("send_back", BallotState.COUNTED, BallotState.OPEN, "退回重新计票", why=True),
            Move("confirm", BallotState.COUNTED, BallotState.CONFIRMED, "确认计票单"),
            Move("void", BallotState.OPEN, BallotState.VOIDED, "作废", why=True),
            Move("void", BallotState.COUNTED, BallotState.VOIDED, "作废", why=True),
            Move("void", BallotState.CONFIRMED, BallotState.VOIDED, "作废", why=True),
            *more,
        ],
    )


BALLOT_MACHINE = counting_moves("congress.ballot")


class BallotResult(models.TextChoices):
    CARRIED = "carried", "通过"
    LOST = "lost", "未通过"
