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


_FOLLOWING: dict[str, str] = {
    BallotState.OPEN: "下一步：计票后由工作人员录入计票单。",
    BallotState.COUNTED: "下一步：监票人（不能是录入人）核对后确认计票单；票数有误的，退回重新计票。",
    BallotState.CONFIRMED: "计票单已确认，结果不再更改。",
    BallotState.VOIDED: "已作废，可以重新发起。",
}


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
        following=_FOLLOWING,
    )


BALLOT_MACHINE = counting_moves("congress.ballot")


class BallotResult(models.TextChoices):
    CARRIED = "carried", "通过"
    LOST = "lost", "未通过"
