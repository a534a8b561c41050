"""Duties, replies, extensions and promises with their moves."""

from django.db import models

from union_portal.base.states import Machine, Move


class Duty(models.TextChoices):
    """承办: one lead answers, supporting departments add to it."""

    LEAD = "lead", "主办"
    SUPPORT = "support", "协办"


class ReplyKind(models.TextChoices):
    DONE = "done", "已解决"
    PLANNED = "planned", "列入计划"
    CANNOT = "cannot", "无法采纳"


class ReplyState(models.TextChoices):
    DRAFT = "draft", "草稿"
    SIGNING = "signing", "待领导签批"
    SENT = "sent", "已发出"


REPLY_MACHINE = Machine(
    name="congress.reply",
    initial=[ReplyState.DRAFT, ReplyState.SENT],
    moves=[
        Move("hand_in", ReplyState.DRAFT, ReplyState.SIGNING, "提交签批"),
        Move("send", ReplyState.DRAFT, ReplyState.SENT, "发出"),
        Move("sign", ReplyState.SIGNING, ReplyState.SENT, "签发"),
        Move("return", ReplyState.SIGNING, ReplyState.DRAFT, "退回"),
    ],
)


class Grade(models.TextChoices):
    SATISFIED = "satisfied", "满意"
    BASICALLY = "basically", "基本满意"
    DISSATISFIED = "dissatisfied", "不满意"


class FollowUpState(models.TextChoices):
    """落实情况 of a promise."""

    OPEN = "open", "待落实"
    KEPT = "kept", "已落实"
    MOVED = "moved", "延后落实"
    DROPPED = "dropped", "无法落实"


FOLLOW_UP_MACHINE = Machine(
    name="congress.followup",
    initial=[FollowUpState.OPEN],
    moves=[
        Move("keep", FollowUpState.OPEN, FollowUpState.KEPT, "登记为已落实"),
        Move("move", FollowUpState.OPEN, FollowUpState.MOVED, "延后"),
        Move("drop", FollowUpState.OPEN, FollowUpState.DROPPED, "登记为无法落实"),
    ],
)


class ExtensionState(models.TextChoices):
    ASKED = "asked", "已申请"
    GRANTED = "granted", "已同意"
    REFUSED = "refused", "未同意"


EXTENSION_MACHINE = Machine(
    name="congress.extension",
    initial=[ExtensionState.ASKED],
    moves=[
        Move("grant", ExtensionState.ASKED, ExtensionState.GRANTED, "同意延期"),
        Move("refuse", ExtensionState.ASKED, ExtensionState.REFUSED, "不同意延期"),
    ],
)
