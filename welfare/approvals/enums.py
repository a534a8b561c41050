"""The states of an approval on paper, with their moves."""

from django.db import models

from union_portal.base.states import Machine, Move


class ApprovalState(models.TextChoices):
    """线下审批的状态."""

    ENTERED = "entered", "待确认"
    CONFIRMED = "confirmed", "已确认"
    REJECTED = "rejected", "已退回"


_TOLD = ("approver", "approved_on", "document", "scan")
PAPER_MACHINE = Machine(
    name="welfare.paperapproval",
    initial=[ApprovalState.ENTERED],
    moves=[
        Move("confirm", ApprovalState.ENTERED, ApprovalState.CONFIRMED, "确认线下审批", permission="confirm"),
        Move("reject", ApprovalState.ENTERED, ApprovalState.REJECTED, "退回", why=True, permission="reject"),
        Move("amend", ApprovalState.ENTERED, ApprovalState.ENTERED, "补充更正", required=_TOLD, permission="enter"),
    ],
)
