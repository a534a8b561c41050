"""How a step gets hold of a round, and of one person on its roster."""

import datetime as dt

from union_portal.base.errors import DomainError, Refused
from union_portal.base.steps import hold
from welfare.grants.enums import RoundState
from welfare.grants.models import Grant, Round


def hold_round(round_: Round) -> Round:
    """Return the round as it stands now, locked until the transaction ends."""
    return hold(round_, "benefit__account", "occasion")


def day_of(held: Round) -> dt.date:
    """Return the day the round's grants stand under: handed out, else the occasion's, else the cut-off date."""
    return held.handed_out_on or held.occasion.day or held.cut_off_on


def require(held: Round, *states: RoundState) -> None:
    """Raise Refused unless the round stands in one of the states."""
    if held.state not in states:
        raise Refused(f"“{held}”当前为“{held.get_state_display()}”，不能进行此操作。")


def hold_on_roster(grant: Grant, *states: RoundState) -> tuple[Round, Grant]:
    """Return the grant with its round, which must stand in one of the states; both are locked.

    The round always before the grant, so that two officers never wait for each other.
    """
    if grant.round is None:
        raise DomainError("该记录不属于任何批次。")
    round_ = hold_round(grant.round)
    require(round_, *states)
    return round_, hold(grant, "person", "benefit__account")
