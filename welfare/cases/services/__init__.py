"""What is done with a single case, as verbs."""

from welfare.cases.services.deciding import (
    approve,
    confirm,
    confirm_on_paper,
    decline,
    may_confirm_paper,
    register_paper,
    send_back,
    takes_paper,
)
from welfare.cases.services.entering import Beside, amend, apply, enter, judge_case, register, withdraw
from welfare.cases.services.evidence import check_evidence
from welfare.cases.services.paying import pay, return_payment, take_back
from welfare.cases.services.proposing import Told

__all__ = [
    "Beside",
    "Told",
    "amend",
    "apply",
    "approve",
    "check_evidence",
    "confirm",
    "confirm_on_paper",
    "decline",
    "enter",
    "judge_case",
    "may_confirm_paper",
    "pay",
    "register",
    "register_paper",
    "return_payment",
    "send_back",
    "take_back",
    "takes_paper",
    "withdraw",
]
