"""Entering a new person with everything that one form asks: numbers, branch, membership."""

import datetime as dt
from typing import Any

from django.db import transaction

from members.branches.models import Branch
from members.memberships.enums import MembershipStart
from members.memberships.services import steps
from members.people.models import Person
from members.people.services import register_person
from union_portal.accounts.models import User


@transaction.atomic
def register(
    *,
    actor: User | None,
    name: str,
    membership: str = "",
    joined_on: dt.date | None = None,
    counterpart: str = "",
    branch: Branch | None = None,
    **details: Any,
) -> Person:
    """Enter a person; a membership begins on the day, the branch holds from it, or from the first day in the school."""
    person = register_person(name=name, **details)
    if membership and joined_on is not None:
        way = MembershipStart(membership)
        steps.admit(person=person, on=joined_on, branch=branch, way=way, counterpart=counterpart, actor=actor)
    elif branch is not None:
        steps.move_to_branch(person=person, branch=branch, on=steps.first_day(person, branch), actor=actor)
    return person
