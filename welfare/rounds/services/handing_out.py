"""Mark what was collected: in bulk, per branch, by another person on behalf; and undo a mark."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction

from members.branches.models import Branch
from members.people.models import Person
from union_portal.accounts.models import User
from union_portal.base.errors import Refused
from union_portal.base.sql import among
from union_portal.base.steps import move
from welfare.benefits.enums import Form
from welfare.grants.enums import GrantState, RoundState
from welfare.grants.models import Grant, Round
from welfare.rounds.services.holding import hold_on_roster, hold_round


def _by_hand(held: Round) -> None:
    if held.benefit.form == Form.CASH:
        raise Refused("慰问金在发放记账时登记领取，不用手工标记。")


@transaction.atomic
def collect(
    *,
    subject: Round,
    on: dt.date,
    actor: User | None,
    grants: Iterable[int] | None = None,
    branch: Branch | None = None,
    received_by: Person | None = None,
) -> int:
    """Mark what is due as received on the day: the given grants, a branch's, or everybody's; returns how many.

    `received_by` is who collected it on behalf of the others. Marking twice changes nothing.
    """
    held = hold_round(subject)
    held.machine.step(state=held.state, action="collect")
    _by_hand(held)
    due = held.grants.filter(state=GrantState.DUE)
    if grants is not None:
        due = due.filter(pk__in=list(grants))
    if branch is not None:
        due = due.filter(branch=branch)
    found = list(due.select_for_update().values_list("pk", flat=True))
    if count := len(found):
        where = branch or "全部分工会" if grants is None else "所选人员"
        words = f"{on} {where}领取 {count} 人"
        if received_by:
            words += f"，由 {received_by} 代领"
        move(held, "collect", actor=actor, why=words)
        held.grants.filter(among("pk", found)).update(
            state=GrantState.RECEIVED, received_on=on, received_by=received_by
        )
    return count


@transaction.atomic
def undo_collect(*, subject: Grant, actor: User | None, why: str) -> Grant:
    """Take a collection mark back, with the reason; what is posted stays posted."""
    round_, held = hold_on_roster(subject, RoundState.APPROVED)
    _by_hand(round_)
    move(held, "undo_receive", actor=actor, why=why, received_on=None, received_by=None)
    return held
