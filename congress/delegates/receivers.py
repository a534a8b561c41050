"""What the register tells: who leaves, retires or dies is a delegate no longer; merged branches keep their seats."""

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.dispatch import receiver

from congress.bodies.enums import Body
from congress.delegates.enums import MandateEnd
from congress.delegates.models import Delegate, Delegation
from congress.delegates.services import mandates
from congress.delegates.signals import mandate_end_foretold
from members.branches import signals as signals_signals
from members.branches.models import Branch
from members.branches.services.checks import Undone
from members.memberships import signals
from members.memberships.enums import ENDS, MembershipChange, MembershipEnd
from members.memberships.services.foretelling import Ahead, LooseEnd
from members.people.models import Person
from union_portal.base.sql import among

_BOTH = (Body.STAFF, Body.UNION)
# Which mandates a step ends: of which bodies, and whether only those with a vote.
_SCHOOL: dict[str, Any] = {"bodies": _BOTH, "voting": False}
_UNION: dict[str, Any] = {"bodies": (Body.UNION,), "voting": True}
_ENDED: dict[MembershipChange, dict[str, Any]] = {
    MembershipChange.TRANSFER_OUT: _SCHOOL,
    MembershipChange.LEAVE: _UNION,
    MembershipChange.EXPEL: _UNION,
    MembershipChange.RETIRE: {"bodies": _BOTH, "voting": True},
    MembershipChange.DEATH: _SCHOOL,
}
_LEAVING = (MembershipChange.TRANSFER_OUT, MembershipChange.LEAVE, MembershipChange.EXPEL)
# What a mandate that ended with it says as its reason.
_WORDS = {
    MembershipChange.TRANSFER_OUT: str(MembershipEnd.TRANSFERRED_OUT.label),
    MembershipChange.LEAVE: str(MembershipEnd.LEFT.label),
    MembershipChange.EXPEL: str(MembershipEnd.EXPELLED.label),
    MembershipChange.RETIRE: str(MembershipEnd.RETIRED.label),
    MembershipChange.DEATH: "",
}


@receiver(signals.person_left)
def end_on_leaving(*, person: Person, on: dt.date, way: MembershipEnd, **_kwargs: Any) -> None:
    """End mandates with the membership: leaving the school ends all, leaving the union those of its congress."""
    change = next((one for one in _LEAVING if ENDS[one] == way), None)
    if change is not None:
        mandates.end_all(person=person, on=on, way=MandateEnd.LEFT, reason=str(way.label), **_ENDED[change])


@receiver(signals.person_retired)
def end_on_retiring(*, person: Person, on: dt.date, **_kwargs: Any) -> None:
    """End mandates with a vote; retired people may go on sitting in as observers."""
    reason = str(MembershipEnd.RETIRED.label)
    mandates.end_all(person=person, on=on, way=MandateEnd.LEFT, reason=reason, **_ENDED[MembershipChange.RETIRE])


@receiver(signals.person_died)
def end_on_death(*, person: Person, on: dt.date, **_kwargs: Any) -> None:
    """End every mandate."""
    mandates.end_all(person=person, on=on, way=MandateEnd.DECEASED, reason="", **_ENDED[MembershipChange.DEATH])


@receiver(signals.ends_sought)
def name_delegates(*, people: Collection[int], touched: set[int], **_kwargs: Any) -> None:
    """Add whoever has, or had, a mandate."""
    touched |= set(Delegate.objects.filter(among("person", people)).values_list("person_id", flat=True))


@receiver(signals.steps_foretold)
def foretell_mandates(*, person: Person, change: MembershipChange, ahead: Ahead, **_kwargs: Any) -> None:
    """Say which mandates end with the step and what goes with them, and which go on."""
    kept = mandates.running(person=person, bodies=_BOTH, voting=False).select_related("congress")
    over = mandates.running(person=person, **_ENDED[change]) if change in _ENDED else kept.none()
    keys = set(over.values_list("pk", flat=True))
    for one in kept:
        seat = f"{one.congress}{one.get_seat_display()}资格"
        if one.pk in keys:
            ahead.ends += [seat, *(f"{group}团长" for group in one.heads.all())]
            ahead.ends += [f"{group}副团长" for group in one.deputises.all()]
            told = mandate_end_foretold.send(Delegate, delegate=one)
            ahead.ends += [words for _receiver, found in told for words in found or ()]
        elif change != MembershipChange.MOVE:
            ahead.stays.append(
                LooseEnd(
                    seat,
                    page="admin:congress_delegate_change",
                    row=one.pk,
                    may="congress.view_delegate",
                    # The congress of the staff asks for no membership, and who sits in without a vote may go on.
                    optional=True,
                )
            )


@receiver(signals.person_returned)
def restore_mandates(*, person: Person, on: dt.date, change: MembershipChange, told: Undone, **_kwargs: Any) -> None:
    """Let mandates run again that ended with what did not happen; say which cannot, and what does not come back."""
    way = {MembershipChange.DEATH: MandateEnd.DECEASED}.get(change, MandateEnd.LEFT)
    restored, left = mandates.restore_all(person=person, on=on, way=way, reason=_WORDS.get(change))
    told.restored += restored
    told.left += left


@receiver(signals_signals.branch_merged)
def keep_delegation(*, branch: Branch, into: Branch, **_kwargs: Any) -> None:
    """Let the branch that takes over belong to the delegations of the one merged, unless it has its own."""
    for delegation in Delegation.objects.filter(branches=branch):
        if not Delegation.objects.filter(congress=delegation.congress_id, branches=into).exists():
            delegation.branches.add(into)
