"""Words of ballots, elections and surveys, with their tables of moves."""

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


def _counting(name: str, *more: Move) -> Machine:
    """Begin open, or confirmed where a count of before the portal is recorded; only such a one is voided afterwards."""
    return Machine(
        name=name,
        initial=[BallotState.OPEN, BallotState.CONFIRMED],
        moves=[
            Move("enter", BallotState.OPEN, BallotState.COUNTED, "录入计票单"),
            Move("send_back", BallotState.COUNTED, BallotState.OPEN, "退回重新计票"),
            Move("confirm", BallotState.COUNTED, BallotState.CONFIRMED, "确认计票单"),
            Move("void", BallotState.OPEN, BallotState.VOIDED, "作废"),
            Move("void", BallotState.COUNTED, BallotState.VOIDED, "作废"),
            Move("void", BallotState.CONFIRMED, BallotState.VOIDED, "作废"),
            *more,
        ],
    )


BALLOT_MACHINE = _counting("congress.ballot")
ELECTION_MACHINE = _counting(
    "congress.election",
    Move("leave_open", BallotState.CONFIRMED, BallotState.CONFIRMED, "空缺名额不再选举"),
)


class BallotResult(models.TextChoices):
    CARRIED = "carried", "通过"
    LOST = "lost", "未通过"


class SurveyKind(models.TextChoices):
    """What people are asked about."""

    SESSION = "session", "大会满意度测评"
    UNION = "union", "会员评家"
    SATISFACTION = "satisfaction", "满意度测评"
    APPRAISAL = "appraisal", "民主评议领导干部"


class SurveyState(models.TextChoices):
    DRAFT = "draft", "草稿"
    OPEN = "open", "测评中"
    CLOSED = "closed", "已结束"


SURVEY_MACHINE = Machine(
    name="congress.survey",
    initial=[SurveyState.DRAFT, SurveyState.CLOSED],
    moves=[
        Move("open", SurveyState.DRAFT, SurveyState.OPEN, "开始测评"),
        Move("close", SurveyState.OPEN, SurveyState.CLOSED, "结束测评"),
        Move("record", SurveyState.DRAFT, SurveyState.CLOSED, "录入纸质统计结果"),
    ],
)


class Audience(models.TextChoices):
    """Who is asked."""

    DELEGATES = "delegates", "大会代表"
    MEMBERS = "members", "全体会员"
    BRANCH = "branch", "分工会会员"


class AnswerKind(models.TextChoices):
    """How a question is answered: by one grade of a scale, or in words."""

    SATISFACTION = "satisfaction", "满意／基本满意／不满意"
    GRADE = "grade", "优秀／称职／基本称职／不称职"
    YES_NO = "yes_no", "同意／不同意"
    WORDS = "words", "文字说明"


# The choices of each scale, worst last; stored by key on the sheet.
SCALES: dict[str, tuple[tuple[str, object], ...]] = {
    AnswerKind.SATISFACTION: (
        ("satisfied", "满意"),
        ("basically", "基本满意"),
        ("dissatisfied", "不满意"),
    ),
    AnswerKind.GRADE: (
        ("excellent", "优秀"),
        ("competent", "称职"),
        ("basically", "基本称职"),
        ("not_competent", "不称职"),
        ("unknown", "不了解"),
    ),
    AnswerKind.YES_NO: (("yes", "同意"), ("no", "不同意"), ("abstain", "弃权")),
    AnswerKind.WORDS: (),
}
