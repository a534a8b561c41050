"""The states of rounds and grants with their moves, and what a rule may object to."""

from django.db import models

from union_portal.base.states import Machine, Move


class RoundState(models.TextChoices):
    """发放批次的状态."""

    DRAFT = "draft", "草稿"
    LOCKED = "locked", "名册已锁定"
    SUBMITTED = "submitted", "待审批"
    APPROVED = "approved", "已审批"
    CLOSED = "closed", "已办结"
    CANCELLED = "cancelled", "已取消"


ROUND_MACHINE = Machine(
    name="welfare.round",
    initial=[RoundState.DRAFT, RoundState.CLOSED],
    moves=[
        Move("lock", RoundState.DRAFT, RoundState.LOCKED, "锁定名册"),
        Move("unlock", RoundState.LOCKED, RoundState.DRAFT, "解锁名册"),
        Move("submit", RoundState.LOCKED, RoundState.SUBMITTED, "提交审批"),
        Move("return", RoundState.SUBMITTED, RoundState.LOCKED, "退回补充"),
        Move("approve", RoundState.SUBMITTED, RoundState.APPROVED, "审批通过"),
        Move("close", RoundState.APPROVED, RoundState.CLOSED, "办结批次"),
        Move("cancel", RoundState.DRAFT, RoundState.CANCELLED, "取消批次"),
        Move("cancel", RoundState.LOCKED, RoundState.CANCELLED, "取消批次"),
    ],
)


class GrantState(models.TextChoices):
    """慰问（发放）记录的状态: a round's roster is its grants in state listed."""

    LISTED = "listed", "已列入"
    EXCLUDED = "excluded", "已剔除"
    SUBMITTED = "submitted", "待审批"
    DECLINED = "declined", "未通过"
    DUE = "due", "待领取"
    RECEIVED = "received", "已领取"
    RETURNED = "returned", "已退票"
    CANCELLED = "cancelled", "已取消"


# What the ledger calls a grant that an entry pays for.
SUBJECT = "grant"
# A recipient has at most one living grant per benefit and occasion or event.
LIVING = (GrantState.LISTED, GrantState.SUBMITTED, GrantState.DUE, GrantState.RECEIVED, GrantState.RETURNED)
# What a report counts as given: approved and not taken back.
GIVEN = (GrantState.RECEIVED,)

GRANT_MACHINE = Machine(
    name="welfare.grant",
    initial=[GrantState.LISTED, GrantState.SUBMITTED, GrantState.RECEIVED],
    moves=[
        Move("exclude", GrantState.LISTED, GrantState.EXCLUDED, "剔除"),
        Move("include", GrantState.EXCLUDED, GrantState.LISTED, "重新列入"),
        Move("release", GrantState.LISTED, GrantState.DUE, "确认应发"),
        Move("approve", GrantState.SUBMITTED, GrantState.DUE, "审批通过"),
        Move("decline", GrantState.SUBMITTED, GrantState.DECLINED, "不予通过"),
        Move("receive", GrantState.DUE, GrantState.RECEIVED, "登记领取"),
        Move("undo_receive", GrantState.RECEIVED, GrantState.DUE, "撤销领取"),
        Move("return", GrantState.RECEIVED, GrantState.RETURNED, "登记退票"),
        Move("receive", GrantState.RETURNED, GrantState.RECEIVED, "重新发放"),
        Move("cancel", GrantState.DUE, GrantState.CANCELLED, "取消"),
        Move("cancel", GrantState.RETURNED, GrantState.CANCELLED, "取消"),
        Move("cancel", GrantState.RECEIVED, GrantState.CANCELLED, "取消"),
    ],
)


class WarningCode(models.TextChoices):
    """What a rule objects to; each needs a reason, a document and a second person."""

    OVER_CAP = "over_cap", "超出标准"
    CASH_FOR_GOODS = "cash_for_goods", "应发实物而发放现金"
    TWO_DATES = "two_dates", "疑似同一事件两个日期"
    LATE = "late", "超出申请期限"
    NO_RULE = "no_rule", "无有效标准"
