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
from members.memberships.models import SetAside
from members.people.models import Person
from members.people.services import link_account
from union_portal.accounts import services
from union_portal.accounts.enums import AskedStep, Role
from union_portal.accounts.models import RoleAssignment, User
from union_portal.base.asked import keys_in
from union_portal.base.errors import Refused
from union_portal.base.steps import hold, saved


@dataclass(frozen=True)
class NewOfficer:
    """What came of it: the account, the roles as they stand, and a code to be shown once."""

    user: User
    roles: list[RoleAssignment]
    code: str = ""


def chairs_and_roles() -> tuple[list[Office], list[BranchRole]]:
    """Return the chairs in office without the role for their branch, and the roles held for a branch others chair.

    A role that waits for its second person counts as given; of a branch without a chair nothing is said, nor of a
    chair of whom somebody said that none is needed.
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
    if without:
        said = _said(without)
        without = [one for one in without if _item(one) not in said]
    over = [
        one
        for one in held
        if one.branch_id in chaired
        and (one.assignment.user_id, one.branch_id) not in sits
        and one.assignment.is_settled
        and one.assignment.valid_to != today
    ]
    return without, over


def _item(office: Office) -> str:
    return f"role:{office.pk}"


def _said(of: Sequence[Office]) -> dict[str, SetAside]:
    said: dict[str, SetAside] = SetAside.objects.filter(change="", person__in=[one.person_id for one in of]).in_force()
    return said


def chair_asked(key: Any) -> Office | None:
    """Return the chair in office whom an address names; None where it names none."""
    found = next(iter(keys_in([str(key)])), None)
    chairs: Any = Office.objects.filter(position=Position.CHAIR).exclude(term__branch__kind=BranchKind.SCHOOL)
    rows = chairs.in_force(on=timezone.localdate()).select_related("person", "term__branch")
    chair: Office | None = rows.filter(pk=found).first() if found else None
    return chair


def said_of(office: Office) -> SetAside | None:
    """Return who said, and why, that the chair in office needs no role; None where it stands as left to do."""
    return _said([office]).get(_item(office))


@transaction.atomic
def needs_no_role(*, office: Office, why: str, actor: User) -> SetAside:
    """Say that a chair in office needs no role of the desk. Raises Refused where there is none to give any more."""
    hold(office)
    if office not in chairs_and_roles()[0]:
        raise Refused("这一项已办理，或已由别人标过，请刷新页面。")
    return _say(office, aside=True, why=why, actor=actor)


@transaction.atomic
def needs_a_role(*, office: Office, actor: User) -> SetAside:
    """Say that the chair needs one after all. Raises Refused for what is not aside."""
    hold(office)
    if said_of(office) is None:
        raise Refused("这一项没有标为不适用，请刷新页面。")
    return _say(office, aside=False, why="", actor=actor)


def _say(office: Office, *, aside: bool, why: str, actor: User) -> SetAside:
    words = f"{office.term.branch}主席{office.person.name}授予角色"
    told = {"item": _item(office), "words": words, "aside": aside, "reason": why.strip()}
    return saved(SetAside(person=office.person, on=office.valid_from, actor=actor, **told))


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
