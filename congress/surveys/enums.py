"""Kinds of survey and question, the states of a survey with their moves."""

from django.db import models

from union_portal.base.states import Machine, Move


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
    AnswerKind.SATISFACTION: (("satisfied", "满意"), ("basically", "基本满意"), ("dissatisfied", "不满意")),
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
