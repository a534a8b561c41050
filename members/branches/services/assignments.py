"""Where people belong: dated branch assignments."""

import datetime as dt

from django.db import transaction

from members.branches import signals
from members.branches.models import Branch, BranchAssignment
from members.branches.services.checks import locked_branches, standing
from members.people.models import Person
from members.people.services import alive, locked
from union_portal.base.errors import Refused
from union_portal.base.saving import saved

_DAY = dt.timedelta(days=1)


@transaction.atomic
def assign_branch(*, person: Person, branch: Branch, on: dt.date) -> BranchAssignment:
    """Let a person belong to the branch from the day; the assignment before it ends the day before.

    The same branch again changes nothing; another branch on the very first day of an assignment corrects that one.
    Sends `person_moved`.
    """
    current = locked(person)
    alive(current, on=on)
    (home,) = locked_branches(branch)
    standing(home, on=on)
    later = current.assignments.filter(valid_from__gt=on).first()
    if later is not None:
        raise Refused(
            f"{current.name}已登记于 {later.valid_from} 转到{later.branch.name}，请选择更晚的日期。",
            field="on",
        )
    present: BranchAssignment | None = current.assignments.in_force(on=on).first()
    if present is not None and present.branch_id == branch.pk:
        return present
    if present is not None and present.valid_from == on:
        present.branch = branch
        assignment = saved(present)
    else:
        if present is not None:
            present.valid_to = on - _DAY
            saved(present)
        assignment = saved(BranchAssignment(person=current, branch=branch, valid_from=on))
    signals.person_moved.send(Branch, person=current, branch=branch, on=on)
    return assignment


@transaction.atomic
def end_assignment(*, person: Person, on: dt.date) -> None:
    """Let a person belong to no branch after the day; refused when there is nothing to end."""
    current = locked(person)
    present: BranchAssignment | None = current.assignments.in_force(on=on).first()
    if present is None:
        raise Refused(f"{current.name}在 {on} 不属于任何分工会。")
    present.valid_to = on
    saved(present)
