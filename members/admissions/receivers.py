"""What memberships tell: one that begins closes an application that waits, one that never began puts it back."""

import datetime as dt
from collections.abc import Collection, Sequence
from typing import Any

from django.dispatch import receiver

from members.admissions import services
from members.admissions.models import Admission
from members.branches.services.checks import Undone
from members.memberships import signals
from members.memberships.enums import MembershipChange
from members.memberships.services.episodes import Episode
from members.memberships.services.foretelling import Ahead
from members.people.models import Person
from union_portal.base.sql import among

# With what an application lapses, so that it comes back when that did not happen.
_LAPSES = (MembershipChange.JOIN, MembershipChange.TRANSFER_IN, MembershipChange.DEATH)


@receiver(signals.person_returned)
def reopen_application(*, person: Person, on: dt.date, change: MembershipChange, told: Undone, **_kwargs: Any) -> None:
    """Let the application wait again."""
    if change == MembershipChange.JOIN:
        told.left += services.reopen_for(person=person.pk, on=on, why=f"入会 {on} 的登记已更正为未发生")
    if change in _LAPSES and services.revive_for(person=person.pk, why=f"{change.label} {on} 的登记已更正"):
        told.restored.append("待审批的入会申请")


@receiver(signals.people_joined)
def close_applications(*, episodes: Sequence[Episode], **_kwargs: Any) -> None:
    """Close the applications of those whose membership was recorded without them."""
    services.close_for(episodes=episodes)


@receiver(signals.person_died)
def lapse_application(*, person: Person, on: dt.date, **_kwargs: Any) -> None:
    """Let the application of who died lapse."""
    services.lapse_for(person=person.pk, why=f"申请人于 {on} 去世")


@receiver(signals.ends_sought)
def name_applicants(*, people: Collection[int], touched: set[int], **_kwargs: Any) -> None:
    """Add whoever has applied."""
    touched |= set(Admission.objects.filter(among("person", people)).values_list("person_id", flat=True))


@receiver(signals.steps_foretold)
def name_application(*, person: Person, change: MembershipChange, ahead: Ahead, **_kwargs: Any) -> None:
    """Say that the application of who died lapses."""
    if change == MembershipChange.DEATH and Admission.objects.filter(person=person).waiting().exists():
        ahead.ends.append("待审批的入会申请")
