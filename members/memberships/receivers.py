"""What a step leaves open in the register itself: offices, a chair that is vacant, roles and the account, relatives."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.dispatch import receiver
from django.utils import timezone

from members.branches.enums import Position
from members.branches.models import Branch, Office
from members.kin.models import Kinship
from members.memberships.enums import MembershipChange
from members.memberships.services.foretelling import Ahead, LooseEnd, is_over
from members.memberships.signals import steps_foretold
from members.people.models import Person
from union_portal.accounts.models import RoleAssignment

_C = MembershipChange
_SITS_ON = (_C.MOVE, _C.RETIRE)
_ADMINISTRATOR = "系统管理员"


@receiver(steps_foretold)
def name_loose_ends(*, person: Person, change: MembershipChange, on: dt.date, ahead: Ahead, **_kwargs: Any) -> None:
    """Name what the register does not end by itself."""
    ahead.due += _vacancies(person, change, on)
    ahead.stays += _offices(person, change, on)
    if person.user_id is not None and change not in (_C.MOVE, _C.DEATH):
        ahead.stays += _account(person, change, on)
    if change == _C.DEATH:
        ahead.due += _relatives(person)


def _offices(person: Person, change: MembershipChange, on: dt.date) -> Iterator[LooseEnd]:
    """Yield the offices that go on: in a branch that is left for another, and without a membership that ends."""
    if change not in _SITS_ON or (change == _C.RETIRE and person.memberships.in_force(on=on).exists()):
        return
    held = person.offices.in_force(on=on).select_related("term__branch")
    for one in held.exclude(term__branch__in=_places_from(person, on)) if change == _C.MOVE else held:
        yield LooseEnd(
            f"工会任职（{one.term.branch.name}{one.get_position_display()}）",
            verb="结束任职",
            page="admin:members_office_end",
            row=one.pk,
            may="members.change_office",
            done=is_over(one.valid_to, on),
        )


def _places_from(person: Person, on: dt.date) -> list[int]:
    """Return where somebody belongs once the move of the day is recorded; nowhere known before."""
    return list(person.assignments.filter(valid_from=on).values_list("branch", flat=True))


def _vacancies(person: Person, change: MembershipChange, on: dt.date) -> Iterator[LooseEnd]:
    """Yield the branches that the step leaves without a chair."""
    if change == _C.MOVE:
        return
    today = timezone.localdate()
    led = person.offices.in_force(on=on).filter(position=Position.CHAIR).values("term__branch")
    # Whoever is elected for a day to come counts too.
    others = Office.objects.filter(position=Position.CHAIR, term__branch__in=led).exclude(person=person)
    chaired = set(others.exclude(valid_to__lt=max(on, today)).values_list("term__branch", flat=True))
    for branch in Branch.objects.filter(pk__in=led).standing(on=today):
        yield LooseEnd(
            f"{branch.name}主席空缺",
            verb="登记补选",
            page="admin:members_branch_elect_officer",
            row=branch.pk,
            query={"position": Position.CHAIR.value},
            may="members.add_office",
            done=branch.pk in chaired,
        )


def _account(person: Person, change: MembershipChange, on: dt.date) -> Iterator[LooseEnd]:
    """Yield the roles that go on, and of who leaves the school the account."""
    for role in RoleAssignment.objects.filter(user=person.user_id).in_force(on=on).order_by("valid_from", "pk"):
        yield LooseEnd(
            f"角色（{role.get_role_display()}）",
            verb="结束角色",
            page="admin:accounts_roleassignment_end_role",
            row=role.pk,
            may="accounts.end_roleassignment",
            by=_ADMINISTRATOR,
            done=is_over(role.valid_to, on),
        )
    if change == _C.TRANSFER_OUT and person.user is not None:
        yield LooseEnd(
            "账号仍可登录",
            verb="停用账号",
            page="admin:accounts_user_change",
            row=person.user_id,
            may="accounts.close_user",
            by=_ADMINISTRATOR,
            done=not person.user.is_active,
        )


def _relatives(person: Person) -> Iterator[LooseEnd]:
    """Yield whom the union turns to after a death."""
    for one in Kinship.objects.filter(person=person).select_related("related"):
        yield LooseEnd(
            f"亲属：{one.get_relation_display()}{one.related.name}",
            page="admin:members_person_change",
            row=one.related_id,
            may="members.view_kinship",
            optional=True,
        )
