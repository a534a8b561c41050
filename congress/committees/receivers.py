"""Seats on committees do not end with a membership: whoever takes the step is told of them."""

import datetime as dt
from typing import Any

from django.dispatch import receiver

from congress.committees.models import CommitteeSeat
from members.memberships.enums import MembershipChange
from members.memberships.services.foretelling import Ahead, LooseEnd, is_over
from members.memberships.signals import steps_foretold
from members.people.models import Person
from union_portal.accounts.enums import Role


@receiver(steps_foretold)
def name_seats(*, person: Person, change: MembershipChange, on: dt.date, ahead: Ahead, **_kwargs: Any) -> None:
    """Name the seats that go on."""
    if change == MembershipChange.MOVE:
        return
    for one in CommitteeSeat.objects.filter(person=person).in_force(on=on).select_related("committee"):
        ahead.stays.append(
            LooseEnd(
                f"{one.committee}{one.get_post_display()}",
                verb="结束任职",
                page="admin:congress_committeeseat_change",
                row=one.pk,
                may="congress.change_committeeseat",
                by=str(Role.CONGRESS.label),
                done=is_over(one.valid_to, on),
            )
        )
