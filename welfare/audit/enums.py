"""Kinds of audits, the states of audits and findings with their moves, and who may be asked."""

from django.db import models

from union_portal.accounts.enums import Role
from union_portal.base.states import Machine, Move


class AuditKind(models.TextChoices):
    """审查类型."""

    YEARLY = "yearly", "年度审查"
    SPECIAL = "special", "专项督查"
    LEAVING = "leaving", "离任审计"
    HANDOVER = "handover", "交接监督"
    OTHER = "other", "其他审查"


class AuditState(models.TextChoices):
    OPEN = "open", "进行中"
    CONCLUDED = "concluded", "已出具意见"
    CANCELLED = "cancelled", "已作废"


class FindingState(models.TextChoices):
    ASKED = "asked", "待答复"
    ANSWERED = "answered", "待复核"
    SETTLED = "settled", "已整改"
    ACCEPTED = "accepted", "说明成立"
    WITHDRAWN = "withdrawn", "已撤销"


# What a finding may be asked of: whoever holds the office on the day answers.
ANSWERING = (Role.FINANCE, Role.WELFARE, Role.WOMEN, Role.CHAIR, Role.VICE_CHAIR)
# Somebody is still to do something.
OPEN_FINDINGS = (FindingState.ASKED, FindingState.ANSWERED)

_OPINION = ("concluded_on", "opinion")
AUDIT_MACHINE = Machine(
    name="welfare.audit",
    initial=[AuditState.OPEN, AuditState.CONCLUDED],
    moves=[
        Move("conclude", AuditState.OPEN, AuditState.CONCLUDED, "出具意见", required=_OPINION),
        Move("reopen", AuditState.CONCLUDED, AuditState.OPEN, "重新审查", why=True),
        *(
            Move("cancel", state, AuditState.CANCELLED, "作废", why=True)
            for state in (AuditState.OPEN, AuditState.CONCLUDED)
        ),
    ],
    notes={
        "conclude": "写明审查意见；当时各核查项目的件数和未办结的问题记入办理记录。",
        "cancel": "登记错了的作废，不计入报告，须写明原因。",
        "reopen": "意见有误时改回进行中，须写明原因；原意见留在修改记录里。",
    },
)
FINDING_MACHINE = Machine(
    name="welfare.auditfinding",
    initial=[FindingState.ASKED],
    moves=[
        Move("answer", FindingState.ASKED, FindingState.ANSWERED, "答复", required=("answer",), permission="answer"),
        Move("settle", FindingState.ANSWERED, FindingState.SETTLED, "确认已整改", permission="conclude"),
        Move("accept", FindingState.ANSWERED, FindingState.ACCEPTED, "说明成立", permission="conclude"),
        Move("send_back", FindingState.ANSWERED, FindingState.ASKED, "退回", why=True, permission="conclude"),
        Move("withdraw", FindingState.ASKED, FindingState.WITHDRAWN, "撤销", why=True, permission="conclude"),
    ],
    notes={
        "answer": "说明情况和整改结果；每次答复都留在办理记录里。",
        "settle": "复核答复，认定已经整改。",
        "accept": "复核答复，认定无需整改。",
        "send_back": "答复不足的退回重新答复，须写明原因。",
        "withdraw": "提错了的撤销，须写明原因。",
    },
    following={
        FindingState.ASKED: "下一步：由被询问的人答复。",
        FindingState.ANSWERED: "下一步：由经费审查委员会复核。",
    },
)
