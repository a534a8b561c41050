"""Covers run to their end whatever becomes of a membership: whoever takes the step is told of them."""

import datetime as dt
from typing import Any

from django.dispatch import receiver

from members.memberships.enums import MembershipChange
from members.memberships.services.foretelling import Ahead, LooseEnd
from members.memberships.signals import steps_foretold
from members.people.models import Person
from welfare.mutual_aid.models import Cover


@receiver(steps_foretold)
def name_covers(*, person: Person, change: MembershipChange, on: dt.date, ahead: Ahead, **_kwargs: Any) -> None:
    """Name the covers that run beyond the day."""
    if change == MembershipChange.MOVE:
        return
    for one in Cover.objects.standing().filter(person=person, ends_on__gt=on).select_related("plan"):
        ahead.stays.append(
            LooseEnd(
                f"{one.plan}参保（至 {one.ends_on}）",
                page="admin:welfare_cover_change",
                row=one.pk,
                may="welfare.view_cover",
                # Paid for, it runs to its end.
                optional=True,
            )
        )
