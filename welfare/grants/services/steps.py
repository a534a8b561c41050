"""What every step of a round does first and last: lock its row, check the table of moves, log who moved it and why."""

from typing import Any

from union_portal.accounts.models import User
from union_portal.base.errors import Refused
from welfare.grants.enums import GRANT_MACHINE, ROUND_MACHINE, RoundState
from welfare.grants.models import Grant, GrantMove, Round, RoundMove


def hold(round_: Round) -> Round:
    """Return the round as it stands now, its row locked until the transaction ends."""
    held: Round = (
        Round.objects.select_for_update(of=("self",)).select_related("benefit__account", "occasion").get(pk=round_.pk)
    )
    return held


def move(held: Round, action: str, *, actor: User | None, why: str = "", **changes: Any) -> None:
    """Take the held round to where the action leads, with the changes; log it. Raises Refused when not allowed here."""
    source = held.state
    held.state = ROUND_MACHINE.target(state=source, action=action)
    for name, value in changes.items():
        setattr(held, name, value)
    held.save(update_fields=["state", *changes])
    RoundMove.objects.create(subject=held, action=action, source=source, target=held.state, actor=actor, reason=why)


def note(held: Round, action: str, *, actor: User | None, why: str) -> None:
    """Log a bulk step that leaves the round's state as it is."""
    RoundMove.objects.create(subject=held, action=action, source=held.state, target=held.state, actor=actor, reason=why)


def require(held: Round, *states: RoundState) -> None:
    """Raise Refused unless the round stands in one of the states."""
    if held.state not in states:
        raise Refused(f"“{held}”当前为“{held.get_state_display()}”，不能进行此操作。")


def hold_grant(grant: Grant) -> Grant:
    """Return the grant as it stands now, its row locked until the transaction ends."""
    held: Grant = (
        Grant.objects.select_for_update(of=("self",)).select_related("person", "benefit__account").get(pk=grant.pk)
    )
    return held


def move_grant(held: Grant, action: str, *, actor: User | None, why: str = "", **changes: Any) -> None:
    """Take the held grant to where the action leads, with the changes; log it. Raises Refused when not allowed here."""
    source = held.state
    held.state = GRANT_MACHINE.target(state=source, action=action)
    for name, value in changes.items():
        setattr(held, name, value)
    held.save(update_fields=["state", *changes])
    GrantMove.objects.create(subject=held, action=action, source=source, target=held.state, actor=actor, reason=why)
