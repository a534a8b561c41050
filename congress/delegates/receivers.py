"""What the register tells: who leaves, retires or dies is a delegate no longer; merged branches keep their seats."""

import datetime as dt
from typing import Any

from django.dispatch import receiver

from congress.bodies.enums import Body
from congress.delegates.enums import MandateEnd
from congress.delegates.models import Delegation
from congress.delegates.services import mandates
from members.branches import signals as signals_signals
from members.branches.models import Branch
from members.branches.services.checks import Undone
from members.memberships import signals
from members.memberships.enums import MembershipChange, MembershipEnd
from members.people.models import Person

_BOTH = (Body.STAFF, Body.UNION)
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
    if way == MembershipEnd.TRANSFERRED_OUT:
        mandates.end_all(person=person, on=on, way=MandateEnd.LEFT, reason=str(way.label), bodies=_BOTH, voting=False)
    elif way in {MembershipEnd.LEFT, MembershipEnd.EXPELLED}:
        mandates.end_all(
            person=person, on=on, way=MandateEnd.LEFT, reason=str(way.label), bodies=(Body.UNION,), voting=True
        )


@receiver(signals.person_retired)
def end_on_retiring(*, person: Person, on: dt.date, **_kwargs: Any) -> None:
    """End mandates with a vote; retired people may go on sitting in as observers."""
    mandates.end_all(
        person=person, on=on, way=MandateEnd.LEFT, reason=str(MembershipEnd.RETIRED.label), bodies=_BOTH, voting=True
    )


@receiver(signals.person_died)
def end_on_death(*, person: Person, on: dt.date, **_kwargs: Any) -> None:
    """End every mandate."""
    mandates.end_all(person=person, on=on, way=MandateEnd.DECEASED, reason="", bodies=_BOTH, voting=False)


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
