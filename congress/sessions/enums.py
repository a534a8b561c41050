"""Kinds of session, the states of a sitting with its moves, the agenda."""

from django.db import models

from union_portal.base.states import Machine, Move


class SessionKind(models.TextChoices):
    REGULAR = "regular", "年度例会"
    SPECIAL = "special", "专题会议"
    ELECTION = "election", "换届会议"


class SittingState(models.TextChoices):
    """How far one body's part of a session is; 应到 is fixed when it opens."""

    PLANNED = "planned", "筹备中"
    OPEN = "open", "会议进行中"
    CLOSED = "closed", "已闭幕"
    CANCELLED = "cancelled", "未召开"


# Not over yet: the roll and the agenda may change.
RUNNING = (SittingState.PLANNED, SittingState.OPEN)
SITTING_MACHINE = Machine(
    name="congress.sitting",
    # A past sitting recorded without a roll-call begins closed.
    initial=[SittingState.PLANNED, SittingState.CLOSED],
    moves=[
        Move("open", SittingState.PLANNED, SittingState.OPEN, "宣布开会", permission="congress.run_session"),
        Move("close", SittingState.OPEN, SittingState.CLOSED, "宣布闭幕", permission="congress.run_session"),
        Move(
            "cancel",
            SittingState.PLANNED,
            SittingState.CANCELLED,
            "记为未召开",
            why=True,
            permission="congress.run_session",
        ),
        # Recorded by a list that was taken back.
        Move("annul", SittingState.CLOSED, SittingState.CANCELLED, "撤销补录", why=True),
    ],
)


class PresidiumPost(models.TextChoices):
    EXECUTIVE = "executive", "执行主席"
    MEMBER = "member", "主席团成员"
    SECRETARY = "secretary", "秘书长"


class AgendaKind(models.TextChoices):
    """What the congress does with an item: 听取、审议、通过、选举."""

    HEAR = "hear", "听取"
    REVIEW = "review", "审议"
    PASS = "pass", "审议通过"
    ELECT = "elect", "选举"
    OTHER = "other", "其他事项"


class AgendaOutcome(models.TextChoices):
    PENDING = "pending", "待进行"
    HEARD = "heard", "已听取"
    REVIEWED = "reviewed", "已审议"
    PASSED = "passed", "已通过"
    LOST = "lost", "未通过"
    WITHDRAWN = "withdrawn", "撤出议程"
