"""Sittings with who is there."""

from typing import Any

from django.utils import timezone

from congress.attendance.services import quorum, roll
from congress.sessions.models import Sitting
from members.people.models import Person
from tests.factories import bodies, delegates
from tests.factories import sessions as make


def sitting(*, due: int = 9, present: int | None = None, opened: bool = True, **fields: Any) -> Sitting:
    """Make a sitting today with so many delegates due and present (all unless said); open unless said otherwise."""
    body = bodies.congress(**fields)
    for _number in range(due):
        delegates.delegate(of=body)
    made = make.session(body, convened_on=timezone.localdate()).sittings.get()
    roll.draw_up(sitting=made)
    come(made, due if present is None else present)
    return quorum.open_sitting(subject=made, actor=None) if opened else made


def come(one: Sitting, count: int) -> None:
    """Let so many more voters come."""
    for entry in one.roll.filter(votes=True, came_at=None)[:count]:
        roll.check_in_from_list(entry=entry, actor=None)


def leave(one: Sitting, count: int) -> None:
    """Let so many voters leave the hall."""
    for entry in one.roll.filter(votes=True, came_at__isnull=False, left_at=None)[:count]:
        roll.leave(entry=entry, actor=None)


def voters(one: Sitting) -> list[Person]:
    """Return the people with a vote."""
    return [entry.person for entry in one.roll.filter(votes=True).select_related("person__user")]
