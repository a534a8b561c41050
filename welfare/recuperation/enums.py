"""How often somebody may go, by what people are chosen, and the states of a batch and an application."""

from django.db import models

from union_portal.base.states import Machine, Move

# The short code of the union's share of a trip as a subject of the ledger.
SUBJECT = "recuperation"


class Scope(models.TextChoices):
    WITHIN = "within", "省内"
    OUTSIDE = "outside", "省外"


class Frequency(models.TextChoices):
    ROLLING = "rolling", "满若干年可再参加"
    CYCLE = "cycle", "每个周期一次，过期作废"
    AIM = "aim", "不限次数，若干年内全员轮到"


class Criterion(models.TextChoices):
    COHORT = "cohort", "特殊群体优先"
    NEVER = "never", "从未参加过的优先"
    LONGEST_AGO = "longest_ago", "上次参加较早的优先"
    SERVICE = "service", "来校较早的优先"
    AGE = "age", "年长的优先"


class BatchState(models.TextChoices):
    PLANNED = "planned", "筹备中"
    OPEN = "open", "报名中"
    CHOSEN = "chosen", "已定名单"
    CLOSED = "closed", "已结束"
    CANCELLED = "cancelled", "已取消"


BATCH_MACHINE = Machine(
    name="welfare.recuperation_batch",
    initial=[BatchState.PLANNED, BatchState.CLOSED],
    moves=[
        Move("open", BatchState.PLANNED, BatchState.OPEN, "开始报名"),
        Move("choose", BatchState.OPEN, BatchState.CHOSEN, "确定名单"),
        Move("close", BatchState.CHOSEN, BatchState.CLOSED, "结束批次"),
        Move("reopen", BatchState.CHOSEN, BatchState.OPEN, "重新报名", why=True),
        *(
            Move("cancel", state, BatchState.CANCELLED, "取消批次", why=True)
            for state in (BatchState.PLANNED, BatchState.OPEN, BatchState.CHOSEN, BatchState.CLOSED)
        ),
    ],
    notes={
        "choose": "按下面的次序和各分工会名额确定名单，算出工会负担和个人负担。",
        "close": "每位入选的人都已登记保险，才能结束。",
    },
    following={
        BatchState.PLANNED: "下一步：核对天数、费用和名额，开始报名。",
        BatchState.OPEN: "下一步：登记报名，截止后确定名单。",
        BatchState.CHOSEN: "下一步：为每位入选的人登记意外险，返回后结束批次。",
        BatchState.CLOSED: "已结束；工会负担部分由财务在本页入账。",
    },
)


class ApplicationState(models.TextChoices):
    APPLIED = "applied", "已报名"
    CHOSEN = "chosen", "已入选"
    PASSED_OVER = "passed_over", "未入选"
    GONE = "gone", "已参加"
    WITHDRAWN = "withdrawn", "已退出"


_APPLIED, _CHOSEN, _OVER = ApplicationState.APPLIED, ApplicationState.CHOSEN, ApplicationState.PASSED_OVER
_GONE, _WITHDRAWN = ApplicationState.GONE, ApplicationState.WITHDRAWN
APPLICATION_MACHINE = Machine(
    name="welfare.recuperation_application",
    initial=[_APPLIED, _GONE],
    moves=[
        Move("insure", _CHOSEN, _CHOSEN, "登记保险", required=("policy",)),
        # By the batch's own steps.
        Move("choose", _APPLIED, _CHOSEN, "入选"),
        Move("pass_over", _APPLIED, _OVER, "未入选"),
        Move("judge_anew", _CHOSEN, _APPLIED, "重新评定"),
        Move("judge_anew", _OVER, _APPLIED, "重新评定"),
        Move("go", _CHOSEN, _GONE, "参加"),
        *(Move("withdraw", state, _WITHDRAWN, "退出", why=True) for state in (_APPLIED, _CHOSEN, _OVER, _GONE)),
    ],
    following={_CHOSEN: "下一步：登记意外险保单号。"},
)
