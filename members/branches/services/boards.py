"""班子 in words: who sits on a branch's committee, and who of those elected belongs elsewhere."""

import datetime as dt
from typing import Any

from django.utils import timezone

from members.branches.enums import BranchKind, Position
from members.branches.models import Branch, BranchAssignment, Office
from members.people.models import Person


def officers_of(branch: Branch, *, on: dt.date | None = None) -> list[Office]:
    """Return who holds which post on the day, in the order of the posts."""
    held: Any = Office.objects.filter(term__branch=branch).in_force(on=on or timezone.localdate())
    order = list(Position.values)
    return sorted(held.select_related("person"), key=lambda one: (order.index(one.position), one.pk))


def in_words(held: list[Office]) -> str:
    """Name the posts with their holders."""
    return "、".join(f"{one.get_position_display()}{one.person.name}" for one in held)


def in_others(*, branch: Branch, people: list[Person], on: dt.date) -> str:
    """Say of those elected who belong elsewhere, as one picks a namesake; the school's union takes them from all."""
    if branch.kind == BranchKind.SCHOOL:
        return ""
    # A group's own are those of its branch, which its groups belong to.
    above = branch.parent_id if branch.kind == BranchKind.GROUP else None
    own = Branch.objects.with_groups(above or branch.pk)
    places = BranchAssignment.objects.in_force(on=on).filter(person__in=people).exclude(branch__in=own)
    told = [f"{one.person.name}属于{one.branch.name}" for one in places.select_related("person", "branch")]
    return f"请留意：{'、'.join(told)}，不在本分工会。" if told else ""
