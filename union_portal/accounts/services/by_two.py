"""Confirming and cancelling what somebody else asks for: one way for roles, delegations and steps on accounts."""

from typing import TypeVar

from django.db import transaction

from union_portal.accounts.enums import SECOND_PEOPLE, Step
from union_portal.accounts.models import ByTwo, User
from union_portal.accounts.services.access import take_step
from union_portal.base.errors import Conflict, Refused
from union_portal.base.steps import hold, saved

A = TypeVar("A", bound=ByTwo)


def asks(actor: User | None) -> User | None:
    """Return who asks for something: nobody where it counts at once, from the set-up or from the command line."""
    return None if actor is None or actor.is_superuser else actor


def confirmed(asked: A, *, by: User) -> A:
    """Note the second person on what waits for one, inside the transaction that then does it; return it locked."""
    held = hold(asked)
    if not held.is_waiting:
        raise Conflict(f"这一事项{held.standing}，无需确认。")
    if not held.may_be_confirmed_by(by):
        raise Refused("须由申请人和本人以外的人确认。")
    held.confirmed_by = by
    return saved(held, fields=["confirmed_by"])


@transaction.atomic
def cancel(*, asked: A, actor: User) -> A:
    """Take back, or turn down, what waits for a second person."""
    held = hold(asked)
    if not held.is_waiting:
        raise Conflict(f"这一事项{held.standing}，不能撤销。")
    held.cancelled_by = actor
    saved(held, fields=["cancelled_by"])
    take_step(users=held.people, actor=actor, step=Step.CANCELLED, about=f"“{held}”")
    return held


def has_second_person(*, asked: ByTwo) -> bool:
    """Whether there is anybody who can confirm it today."""
    return any(asked.may_be_confirmed_by(user) for user in User.objects.holding(*SECOND_PEOPLE))
