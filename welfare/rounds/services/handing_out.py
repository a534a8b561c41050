"""Mark what was collected: ticked off by person, in bulk per branch, said by the member; and undo a mark."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from members.branches.models import Branch
from members.people.models import Person
from union_portal.accounts.models import User
from union_portal.base.errors import DomainError, Refused
from union_portal.base.sql import among
from union_portal.base.steps import move, take_all
from welfare.benefits.enums import Form
from welfare.grants.enums import GrantState, RoundState
from welfare.grants.models import Grant, Round
from welfare.rounds.services.holding import hold_on_roster, hold_round, require

# What the member says of his own grant.
OWN_WORD = "acknowledge"


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

    `received_by` is who collected it on behalf of the others. Marking twice changes nothing. What is ticked off by
    person is logged by person; a branch, or everybody, at once is a line of the round's own history.
    """
    if on > timezone.localdate():
        raise DomainError("领取日期不能晚于今天。", field="on")
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
        words = f"{on} {where}领取 {count:,} 人"
        if received_by:
            words += f"，由 {received_by} 代领"
        move(held, "collect", actor=actor, why=words)
        rows = held.grants.filter(among("pk", found))
        if grants is None:
            rows.update(state=GrantState.RECEIVED, received_on=on, received_by=received_by)
        else:
            take_all(rows, action="collect", actor=actor, received_on=on, received_by=received_by)
    return count


@transaction.atomic
def acknowledge(*, subject: Grant, actor: User) -> Grant:
    """Keep the member's own word that it came: it is received today, unless staff has recorded it already.

    Staff's record wins: its day stays where there is one, and what staff took back is not taken again by the member's
    word. Said twice it is kept once. Raises Refused for whoever is not the member.
    """
    round_, held = hold_on_roster(subject, RoundState.APPROVED, RoundState.CLOSED)
    _by_hand(round_)
    if held.person.user_id != actor.pk:
        raise Refused("只能确认本人的领取。")
    if held.state == GrantState.RECEIVED and held.moves.filter(action=OWN_WORD).exists():
        return held
    if held.state == GrantState.RECEIVED:
        move(held, OWN_WORD, actor=actor)
        return held
    require(round_, RoundState.APPROVED)
    if undone := held.moves.filter(action="undo_receive").order_by("pk").last():
        raise Refused(f"工会登记为尚未领取（{undone.reason}）。如您确已领取，请联系所在分工会。")
    move(held, OWN_WORD, actor=actor, received_on=timezone.localdate())
    return held


@transaction.atomic
def undo_several(*, subject: Round, grants: Iterable[int], actor: User | None, why: str) -> int:
    """Take the collection marks of several people back, with one reason; returns how many were marked."""
    held = hold_round(subject)
    require(held, RoundState.APPROVED)
    _by_hand(held)
    rows = held.grants.filter(among("pk", list(grants)), state=GrantState.RECEIVED)
    return take_all(rows, action="undo_receive", actor=actor, why=why, received_on=None, received_by=None)


@transaction.atomic
def undo_collect(*, subject: Grant, actor: User | None, why: str) -> Grant:
    """Take a collection mark back, with the reason; what is posted stays posted."""
    round_, held = hold_on_roster(subject, RoundState.APPROVED)
    _by_hand(round_)
    move(held, "undo_receive", actor=actor, why=why, received_on=None, received_by=None)
    return held
