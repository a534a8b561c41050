"""How memberships begin, change and end."""

from django.db import models


class MembershipStart(models.TextChoices):
    """How a membership episode began."""

    JOINED = "joined", "入会"
    TRANSFERRED_IN = "transferred_in", "转入"
    RETAINED = "retained", "退休保留"
    RESUMED = "resumed", "恢复会籍"
    RECORDED = "recorded", "建册登记"


# Who is a new member: who joined, and who came from another union.
CAME = (MembershipStart.JOINED, MembershipStart.TRANSFERRED_IN)


class MembershipEnd(models.TextChoices):
    """How a membership episode ended."""

    TRANSFERRED_OUT = "transferred_out", "转出"
    RETIRED = "retired", "退休"
    LEFT = "left", "退会"
    EXPELLED = "expelled", "除名"
    DECEASED = "deceased", "去世"
    RESUMED = "resumed", "转为在职会籍"


class MembershipChange(models.TextChoices):
    """会籍变动: what may be recorded of a membership, and of the name by which the register knows a member."""

    JOIN = "join", "入会"
    TRANSFER_IN = "transfer_in", "转入"
    TRANSFER_OUT = "transfer_out", "转出"
    RETIRE = "retire", "退休"
    LEAVE = "leave", "退会"
    EXPEL = "expel", "除名"
    DEATH = "death", "去世"
    RESUME = "resume", "恢复会籍"
    MOVE = "move", "调整分工会"
    RENAME = "rename", "更名"


class Correction(models.TextChoices):
    """更正: what was wrong with what was recorded."""

    NEVER = "never", "没有发生（登记错人或重复登记）"
    DAY = "day", "日期有误"
    BRANCH = "branch", "分工会有误"


# What a list of changes may say: names come with the list of people.
LISTED = {change: str(change.label) for change in MembershipChange if change is not MembershipChange.RENAME}
STARTS = {
    MembershipChange.JOIN: MembershipStart.JOINED,
    MembershipChange.TRANSFER_IN: MembershipStart.TRANSFERRED_IN,
    MembershipChange.RESUME: MembershipStart.RESUMED,
}
# Said by a list only, of a membership with which a register began: no page takes it down as a change.
RECORD = "record"
ENDS = {
    MembershipChange.TRANSFER_OUT: MembershipEnd.TRANSFERRED_OUT,
    MembershipChange.RETIRE: MembershipEnd.RETIRED,
    MembershipChange.LEAVE: MembershipEnd.LEFT,
    MembershipChange.EXPEL: MembershipEnd.EXPELLED,
    MembershipChange.DEATH: MembershipEnd.DECEASED,
}
