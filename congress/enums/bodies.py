"""Words of the congress itself: bodies, delegates, sittings, agenda."""

from django.db import models

from union_portal.base.states import Machine, Move


class Body(models.TextChoices):
    """教代会 speaks for the staff, 工代会 for the union's members; both may sit together (双代会)."""

    STAFF = "staff", "教代会"
    UNION = "union", "工代会"


class Mode(models.TextChoices):
    """Who sits: elected delegates, or everybody (small units)."""

    DELEGATES = "delegates", "代表大会"
    EVERYBODY = "everybody", "全体大会"


class Seat(models.TextChoices):
    """代表类别: only delegates vote; observers and guests listen and speak."""

    DELEGATE = "delegate", "正式代表"
    OBSERVER = "observer", "列席代表"
    GUEST = "guest", "特邀代表"


class MandateStart(models.TextChoices):
    """How a mandate began."""

    ELECTED = "elected", "单位选举"
    BY_ELECTION = "by_election", "补选"
    INVITED = "invited", "受邀"
    RECORDED = "recorded", "建册登记"


class MandateEnd(models.TextChoices):
    """How a mandate ended."""

    TERM = "term", "届满"
    RECALLED = "recalled", "原单位罢免"
    RESIGNED = "resigned", "辞去"
    LEFT = "left", "离校"
    MOVED = "moved", "调离原单位"
    DECEASED = "deceased", "去世"


class SessionKind(models.TextChoices):
    """会议类型."""

    REGULAR = "regular", "年度例会"
    SPECIAL = "special", "专题会议"
    ELECTION = "election", "换届会议"


class SittingState(models.TextChoices):
    """How far one body's part of a session is; 应到 is fixed when it opens."""

    PLANNED = "planned", "筹备中"
    OPEN = "open", "会议进行中"
    CLOSED = "closed", "已闭幕"
    CANCELLED = "cancelled", "未召开"


SITTING_MACHINE = Machine(
    name="congress.sitting",
    # A past sitting recorded without a roll-call begins closed.
    initial=[SittingState.PLANNED, SittingState.CLOSED],
    moves=[
        Move("open", SittingState.PLANNED, SittingState.OPEN, "宣布开会"),
        Move("close", SittingState.OPEN, SittingState.CLOSED, "宣布闭幕"),
        Move("cancel", SittingState.PLANNED, SittingState.CANCELLED, "记为未召开"),
    ],
)


class CheckIn(models.TextChoices):
    """How somebody's presence became known."""

    CODE = "code", "个人签到码"
    LIST = "list", "名单签到"


class PresidiumPost(models.TextChoices):
    """主席团职务."""

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
    """What became of an item."""

    PENDING = "pending", "待进行"
    HEARD = "heard", "已听取"
    REVIEWED = "reviewed", "已审议"
    PASSED = "passed", "已通过"
    LOST = "lost", "未通过"
    WITHDRAWN = "withdrawn", "撤出议程"
