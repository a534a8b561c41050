"""Rounds from start to end: draft, roster, price, approval, hand-out or payment, reconciliation."""

from welfare.services.rounds.approval import (
    WarningsWaiting,
    approve,
    judge,
    record_paper_approval,
    send_back,
    submit,
)
from welfare.services.rounds.drafting import cancel, choose, create, supplement
from welfare.services.rounds.handing_out import collect, undo_collect
from welfare.services.rounds.payment import (
    PayoutLine,
    buy,
    pay_again,
    payout_list,
    post_roster,
    posted,
    return_payment,
    take_back,
)
from welfare.services.rounds.people import add, exclude, include, set_price
from welfare.services.rounds.reconciling import Reconciliation, Tally, close, differences, reconcile
from welfare.services.rounds.roster import day_of, lock, lock_from_list, unlock

__all__ = [
    "PayoutLine",
    "Reconciliation",
    "Tally",
    "WarningsWaiting",
    "add",
    "approve",
    "buy",
    "cancel",
    "choose",
    "close",
    "collect",
    "create",
    "day_of",
    "differences",
    "exclude",
    "include",
    "judge",
    "lock",
    "lock_from_list",
    "pay_again",
    "payout_list",
    "post_roster",
    "posted",
    "reconcile",
    "record_paper_approval",
    "return_payment",
    "send_back",
    "set_price",
    "submit",
    "supplement",
    "take_back",
    "undo_collect",
    "unlock",
]
