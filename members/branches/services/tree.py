"""Founding, dissolving and merging branches; people are moved as of the day, history is kept."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import Q

from members.branches import signals
from members.branches.enums import BranchKind
from members.branches.models import Branch, BranchAssignment, BranchRole, Office
from members.branches.services.checks import locked_branches, standing
from union_portal.accounts.models import RoleAssignment
from union_portal.base import profile
from union_portal.base.errors import Refused
from union_portal.base.steps import saved

_DAY = dt.timedelta(days=1)
# The founding day of a branch that is said to have stood always: before anybody in any register.
EVER = dt.date(1949, 10, 1)


def school() -> Branch | None:
    """Return the root of the tree, the school's union itself; none before somebody has named it."""
    found: Branch | None = Branch.objects.filter(parent__isnull=True, kind=BranchKind.SCHOOL).order_by("pk").first()
    return found


def union_name() -> str:
    """Return the school union's name as papers and reports write it: the root of the tree, or a neutral word."""
    root = school()
    return root.name if root else "学校工会"


def signatory(named: str = "") -> str:
    """Return in whose name papers are signed: 落款 of 单位信息, else the union's name (`named`, where it was read)."""
    return profile.current().signatory or named or union_name()


def found_branch(**details: Any) -> Branch:
    """成立: add a branch to the tree, by the model's fields; it counts from its founding day.

    The tree has one school's union: below it stands what is told no parent.
    """
    root = school()
    if root is not None and details.get("kind") == BranchKind.SCHOOL:
        raise Refused(f"校工会已登记为“{root.name}”，请在“单位信息”中修改名称。", field="kind")
    details["parent"] = details.get("parent") or root
    return saved(Branch(**details))


@transaction.atomic
def found_named(*, names: Sequence[str], founded_on: dt.date | None) -> list[Branch]:
    """Found a branch for each name that none bears, numbered on from the highest code; what a list of people brings."""
    known = set(Branch.objects.filter(name__in=names).values_list("name", flat=True))
    numbers = [int(code) for code in Branch.objects.values_list("code", flat=True) if code.isdecimal()]
    first = max(numbers, default=0) + 1
    fresh = [name for name in names if name not in known]
    founded_on = founded_on or getattr(school(), "founded_on", None) or EVER
    return [
        found_branch(code=f"{number:02d}", name=name, kind=BranchKind.BRANCH, founded_on=founded_on)
        for number, name in enumerate(fresh, start=first)
    ]


@transaction.atomic
def change_branch(*, branch: Branch, **changes: Any) -> Branch:
    """Change code, name, kind, parent or founding day; the name of the school's union is `name_school`'s."""
    (current,) = locked_branches(branch)
    if current.kind == BranchKind.SCHOOL and changes.get("name", current.name) != current.name:
        raise Refused("校工会的名称请在“单位信息”中修改。", field="name")
    for field, value in changes.items():
        setattr(current, field, value)
    return saved(current)


@transaction.atomic
def name_school(*, code: str, name: str, founded_on: dt.date | None) -> Branch:
    """Give the school's union its name and founding day; without one it is founded, and what has no parent joins it."""
    root = school()
    if root is not None:
        (root,) = locked_branches(root)
        root.name, root.founded_on = name, founded_on
        return saved(root)
    root = found_branch(code=code, name=name, kind=BranchKind.SCHOOL, founded_on=founded_on)
    Branch.objects.filter(parent=None).exclude(pk=root.pk).update(parent=root)
    return root


@transaction.atomic
def dissolve_branch(*, branch: Branch, on: dt.date) -> Branch:
    """撤销: the day is the first without the branch; refused while people belong to it or groups hang below it."""
    (current,) = locked_branches(branch)
    _no_school(current)
    standing(current, on=on - _DAY)
    people = BranchAssignment.objects.filter(_still_there(on), branch=current).count()
    if people:
        raise Refused(f"还有 {people:,} 人属于{current.name}，请先转出或改为合并。")
    if current.children.standing(on=on).exists():
        raise Refused(f"{current.name}下还有工会小组，请先撤销或转出。")
    _close(current, on=on)
    signals.branch_dissolved.send(Branch, branch=current, on=on)
    return current


@transaction.atomic
def merge_branch(*, branch: Branch, into: Branch, on: dt.date) -> int:
    """合并: the branch goes up in another on the day; its people and groups move, its offices end.

    Returns how many people moved. Sends `branch_merged`.
    """
    if branch.pk == into.pk:
        raise Refused("分工会不能并入自己。", field="into")
    source, target = locked_branches(branch, into)
    _no_school(source)
    standing(source, on=on - _DAY)
    standing(target, on=on)
    if target.parent_id == source.pk:
        raise Refused(f"{target.name}隶属于要并入的分工会，不能这样合并。", field="into")
    there = BranchAssignment.objects.filter(_still_there(on), branch=source)
    moving = list(there.values_list("pk", "person_id", "valid_from", "valid_to"))
    there.filter(valid_from__gte=on).update(branch=target)
    crossing = [row for row in moving if row[2] < on]
    BranchAssignment.objects.filter(pk__in=[row[0] for row in crossing]).update(valid_to=on - _DAY)
    BranchAssignment.objects.bulk_create(
        BranchAssignment(person_id=person, branch=target, valid_from=on, valid_to=end)
        for _pk, person, _start, end in crossing
    )
    source.children.standing(on=on).update(parent=target)
    source.merged_into = target
    _close(source, on=on)
    signals.branch_merged.send(Branch, branch=source, into=target, on=on)
    return len({row[1] for row in moving})


@transaction.atomic
def hold_role_for(*, assignment: RoleAssignment, branches: list[Branch]) -> None:
    """Say which branches a role (branch chair) is held for; replaces what was said before."""
    BranchRole.objects.filter(assignment=assignment).exclude(branch__in=branches).delete()
    BranchRole.objects.bulk_create(
        [BranchRole(assignment=assignment, branch=branch) for branch in branches], ignore_conflicts=True
    )


def _no_school(branch: Branch) -> None:
    if branch.kind == BranchKind.SCHOOL:
        raise Refused("校工会不能撤销或并入分工会。")


def _still_there(on: dt.date) -> Q:
    return Q(valid_to__isnull=True) | Q(valid_to__gte=on)


def _close(branch: Branch, *, on: dt.date) -> None:
    branch.dissolved_on = on
    saved(branch)
    last = on - _DAY
    Office.objects.filter(term__branch=branch).in_force(on=last).filter(valid_from__lte=last).update(valid_to=last)
