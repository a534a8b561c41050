"""Rolls follow mandates, and hold fast those that are on one."""

from typing import Any

from django.db.models import Q
from django.dispatch import receiver

from congress.attendance.models import RollEntry
from congress.attendance.services import roll
from congress.delegates.models import Delegate
from congress.delegates.signals import mandate_asked, mandate_changed
from congress.sessions.enums import SittingState
from members.people.models import Person


@receiver(mandate_changed)
def follow_mandate(*, delegate: Delegate, former: Person | None, **_kwargs: Any) -> None:
    """Bring rolls of sittings to come up to date; whom a correction took out loses the lines of this mandate."""
    roll.follow(delegate=delegate)
    if former is not None:
        RollEntry.objects.filter(delegate=delegate, person=former, sitting__state=SittingState.PLANNED).delete()


@receiver(mandate_asked)
def name_rolls(*, delegate: Delegate, **_kwargs: Any) -> list[str]:
    """Name the first rolls on which the mandate counts already."""
    held = ~Q(sitting__state=SittingState.PLANNED) | Q(came_at__isnull=False) | ~Q(excused="")
    lines = delegate.roll_entries.filter(held).select_related("sitting__congress__branch", "sitting__session")
    return [f"已列入{one.sitting}的应到名册（已签到、请假或已开会）" for one in lines[:3]]
