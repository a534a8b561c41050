"""Giving and ending roles, lending them for some days."""

import datetime as dt

from django.db import transaction

from union_portal.accounts.enums import Role, Step
from union_portal.accounts.models import Delegation, RoleAssignment, User
from union_portal.accounts.services.access import take_step
from union_portal.accounts.services.by_two import asks, confirmed
from union_portal.base.errors import Conflict, Refused
from union_portal.base.steps import hold, saved


@transaction.atomic
def assign_role(
    *,
    user: User,
    role: Role,
    valid_from: dt.date,
    valid_to: dt.date | None = None,
    document: str = "",
    actor: User | None = None,
) -> RoleAssignment:
    """Give somebody a role from one day to another, both inclusive; nobody gives himself one.

    It counts once a second person confirms it, unless the account that sets the portal up gives it.
    """
    if user == actor and not user.is_superuser:
        raise Refused("不能给自己授予角色，请由其他管理员办理。", field="user")
    User.objects.select_for_update().get(pk=user.pk)
    overlapping = user.role_assignments.standing().filter(role=role).exclude(valid_to__lt=valid_from)
    if valid_to is not None:
        overlapping = overlapping.filter(valid_from__lte=valid_to)
    if overlapping.exists():
        raise Conflict("该期间已担任此角色，请先结束再重新授予。", field="role")
    assignment = RoleAssignment(user=user, role=role, valid_from=valid_from, valid_to=valid_to, document=document)
    assignment.asked_by = asks(actor)
    saved(assignment)
    user.__dict__.pop("roles", None)
    take_step(users=[user], actor=actor, step=Step.GIVEN, about=f"“{role.label}”，{_days(valid_from, valid_to)}")
    return assignment


@transaction.atomic
def confirm_role(*, assignment: RoleAssignment, actor: User) -> RoleAssignment:
    """Let a role count that somebody else gave to somebody else."""
    held = confirmed(assignment, by=actor)
    take_step(users=[held.user], actor=actor, step=Step.CONFIRMED, about=f"“{held.get_role_display()}”")
    return held


def _days(first: dt.date, last: dt.date | None) -> str:
    return f"{first} 至 {last}" if last else f"{first} 起"


@transaction.atomic
def end_role(*, assignment: RoleAssignment, on: dt.date, actor: User) -> RoleAssignment:
    """End a role with that day; nobody ends his own last administrator's role by accident."""
    if assignment.role == Role.ADMINISTRATOR and assignment.user_id == actor.pk and not actor.is_superuser:
        raise Refused("不能结束自己的管理员角色，请由其他管理员办理。")
    if on < assignment.valid_from:
        raise Refused("结束日期不能早于起始日期。", field="on")
    assignment.valid_to = on
    assignment.save(update_fields=["valid_to"])
    take_step(
        users=[assignment.user], actor=actor, step=Step.ENDED, about=f"“{assignment.get_role_display()}”，{on} 止"
    )
    return assignment


@transaction.atomic
def delegate(
    *,
    delegator: User,
    delegate: User,
    role: Role,
    valid_from: dt.date,
    valid_to: dt.date,
    document: str,
    actor: User | None = None,
) -> Delegation:
    """Lend a role for some days on the ground of a document; only who holds it himself can lend it.

    It counts once a second person confirms it, as a role does.
    """
    if delegate == actor and not actor.is_superuser:
        raise Refused("不能把角色委托给自己，请由委托人或其他管理员办理。", field="delegate")
    hold(delegator)  # what somebody lends is lent one after another
    held = delegator.role_assignments.filter(role=role).in_force(on=valid_from)
    if not held.exists():
        raise Refused("只有在起始日担任该角色的人才能委托。", field="delegator")
    same = Delegation.objects.standing().filter(delegator=delegator, delegate=delegate, role=role)
    if other := same.filter(valid_from__lte=valid_to, valid_to__gte=valid_from).first():
        raise Refused(
            f"{delegate.name} 在 {other.valid_from} 至 {other.valid_to} 已受此委托，日期不能重叠。", field="valid_from"
        )
    lent = Delegation(
        delegator=delegator,
        delegate=delegate,
        role=role,
        valid_from=valid_from,
        valid_to=valid_to,
        document=document,
        asked_by=asks(actor),
    )
    saved(lent)
    delegate.__dict__.pop("roles", None)
    about = f"“{role.label}”：{delegator.name} 委托给 {delegate.name}，{_days(valid_from, valid_to)}"
    take_step(users=[delegator, delegate], actor=actor, step=Step.LENT, about=about)
    return lent


@transaction.atomic
def confirm_delegation(*, delegation: Delegation, actor: User) -> Delegation:
    """Let a lent role count that somebody else lends, between others."""
    held = confirmed(delegation, by=actor)
    take_step(users=held.people, actor=actor, step=Step.LENT_CONFIRMED, about=f"“{held}”")
    return held


@transaction.atomic
def end_delegation(*, delegation: Delegation, on: dt.date, actor: User | None = None) -> Delegation:
    """End a delegation with that day."""
    delegation.valid_to = max(on, delegation.valid_from)
    delegation.save(update_fields=["valid_to"])
    about = f"“{delegation.get_role_display()}”，{delegation.valid_to} 止"
    take_step(users=[delegation.delegator, delegation.delegate], actor=actor, step=Step.LENT_ENDED, about=about)
    return delegation
