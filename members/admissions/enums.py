"""An application to join, from the day it is handed in to the decision."""

from django.db import models

from union_portal.base.states import Machine, Move


class AdmissionState(models.TextChoices):
    APPLIED = "applied", "待审批"
    ADMITTED = "admitted", "已批准入会"
    DECLINED = "declined", "不予批准"
    WITHDRAWN = "withdrawn", "已撤回"


_DECISION = ("decided_by", "document")
ADMISSION_MACHINE = Machine(
    name="members.admission",
    initial=[AdmissionState.APPLIED],
    moves=[
        Move(
            *("admit", AdmissionState.APPLIED, AdmissionState.ADMITTED, "批准入会", _DECISION, ("decided_on",)),
            permission="decide",
        ),
        Move(
            "advise",
            AdmissionState.APPLIED,
            AdmissionState.APPLIED,
            "登记审核意见",
            ("group_opinion", "branch_opinion"),
        ),
        Move(
            *("decline", AdmissionState.APPLIED, AdmissionState.DECLINED, "不予批准", _DECISION, ("decided_on",)),
            why=True,
            permission="decide",
        ),
        Move("withdraw", AdmissionState.APPLIED, AdmissionState.WITHDRAWN, "撤回申请", why=True),
        Move("reopen", AdmissionState.ADMITTED, AdmissionState.APPLIED, "重新审批", why=True),
        # Who dies while it waits joins no more; unless he did not.
        Move("lapse", AdmissionState.APPLIED, AdmissionState.WITHDRAWN, "申请失效", why=True),
        Move("revive", AdmissionState.WITHDRAWN, AdmissionState.APPLIED, "恢复申请", why=True),
    ],
)
