"""Making somebody an officer: the account, the roles with their branches, and a code where one person may do all."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from members.branches.enums import BranchKind, Position
from members.branches.models import Branch, BranchRole, Office
from members.branches.services.tree import hold_role_for
from members.people.models import Person
from members.people.services import link_account
from union_portal.accounts import services
from union_portal.accounts.enums import AskedStep, Role
from union_portal.accounts.models import RoleAssignment, User


@dataclass(frozen=True)
class NewOfficer:
    """What came of it: the account, the roles as they stand, and a code to be shown once."""

    user: User
    roles: list[RoleAssignment]
    code: str = ""


def chairs_and_roles() -> tuple[list[Office], list[BranchRole]]:
    """Return the chairs in office without the role for their branch, and the roles held for a branch others chair.

    A role that waits for its second person counts as given; of a branch without a chair nothing is said.
    """
    today = timezone.localdate()
    chairs: Any = Office.objects.filter(position=Position.CHAIR).exclude(term__branch__kind=BranchKind.SCHOOL)
    in_office: list[Office] = list(
        chairs.in_force(on=today)
        .filter(term__branch__in=Branch.objects.standing(on=today))
        .select_related("person", "term__branch")
        .order_by("valid_from", "pk")
    )
    given = RoleAssignment.objects.filter(role=Role.BRANCH_CHAIR).not_over(on=today)
    scopes = BranchRole.objects.filter(assignment__in=given)
    held = list(scopes.select_related("assignment__user", "branch").order_by("pk"))
    sits = {(one.person.user_id, one.term.branch_id) for one in in_office}
    has = {(one.assignment.user_id, one.branch_id) for one in held}
    chaired = {branch for _account, branch in sits}
    without = [one for one in in_office if (one.person.user_id, one.term.branch_id) not in has]
    over = [
        one
        for one in held
        if one.branch_id in chaired
        and (one.assignment.user_id, one.branch_id) not in sits
        and one.assignment.is_settled
        and one.assignment.valid_to != today
    ]
    return without, over


@transaction.atomic
def make_officer(
    *,
    person: Person,
    roles: Sequence[Role],
    branches: Collection[Branch],
    valid_from: dt.date,
    valid_to: dt.date | None,
    document: str,
    actor: User,
    code: AskedStep | None = None,
) -> NewOfficer:
    """Open the account if there is none and give the roles; all or nothing.

    A role counts once a second person confirms it, and who gave it lets nobody in, unless the account that sets the
    portal up does both: it may also issue the code. Raises a `DomainError` for what the accounts' services refuse.
    """
    user = link_account(person=person)
    given = []
    for role in roles:
        made = services.assign_role(
            user=user, role=role, valid_from=valid_from, valid_to=valid_to, document=document, actor=actor
        )
        if role is Role.BRANCH_CHAIR:
            hold_role_for(assignment=made, branches=list(branches))
        given.append(made)
    shown = services.take(user=user, step=code, actor=actor) if code is not None else ""
    return NewOfficer(user, given, shown)
