"""People and branches for tests: plain functions over the services, invented names."""

import datetime as dt
import itertools
from typing import Any

from faker import Faker

from members.branches.enums import BranchKind, Position
from members.branches.models import Branch, BranchRole, Office
from members.branches.services import offices, tree
from members.memberships.services import steps as memberships
from members.people import services as people
from members.people.enums import Gender
from members.people.models import Person
from union_portal.accounts.enums import Role
from union_portal.accounts.models import RoleAssignment, User

_fake = Faker("zh_CN")
_fake.seed_instance(20240206)
_numbers = itertools.count(1)
LONG_AGO = dt.date(2015, 9, 1)


def branch(*, code: str = "", name: str = "", **fields: Any) -> Branch:
    """Make a branch."""
    number = next(_numbers)
    fields.setdefault("kind", BranchKind.BRANCH)
    fields.setdefault("founded_on", dt.date(1950, 1, 1))
    return tree.found_branch(code=code or f"F{number:04d}", name=name or f"第{number}分工会", **fields)


def person(*, name: str = "", **details: Any) -> Person:
    """Make a person without a membership: staff unless said otherwise."""
    number = next(_numbers)
    details.setdefault("staff_number", f"{20150000 + number}")
    details.setdefault("gender", Gender.FEMALE if number % 2 else Gender.MALE)
    details.setdefault("birth_date", dt.date(1980, number % 12 + 1, number % 28 + 1))
    return people.register_person(name=name or _fake.name(), **details)


def member(*, on: dt.date = LONG_AGO, branch: Branch | None = None, **details: Any) -> Person:
    """Make an active member since the day, in the branch if one is given."""
    found = person(**details)
    memberships.admit(person=found, on=on, branch=branch)
    return found


def chair(who: Person, *, of: Branch | None = None, on: dt.date = LONG_AGO) -> Office:
    """Elect the person chair of the branch, of a new one unless it is said."""
    term = offices.start_term(branch=of or branch(), began_on=on, ends_on=on + dt.timedelta(days=20_000))
    return offices.elect(person=who, term=term, position=Position.CHAIR)


def account(*, of: Person | None = None, **fields: Any) -> User:
    """Make an account that can be signed in with force_login; with `of` the person's own."""
    if of is not None:
        return people.link_account(person=of)
    number = next(_numbers)
    fields.setdefault("staff_number", f"A{number:05d}")
    fields.setdefault("name", _fake.name())
    return User.objects.create_user(**fields)


def account_with_role(
    *roles: Role,
    of: Person | None = None,
    branches: tuple[Branch, ...] = (),
    on: dt.date = LONG_AGO,
) -> User:
    """Make an account that holds the roles since the day; `branches` is what a branch chair chairs."""
    user = account(of=of)
    for role in roles:
        assignment = RoleAssignment.objects.create(user=user, role=role, valid_from=on)
        if role is Role.BRANCH_CHAIR:
            BranchRole.objects.bulk_create(BranchRole(assignment=assignment, branch=one) for one in branches)
    return User.objects.get(pk=user.pk)
