"""Making somebody an officer: the account, the roles with their branches, and a code where one person may do all."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db import transaction

from members.branches.models import Branch
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
