"""Accounts themselves: making, closing, opening again, second factor."""

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import F

from union_portal.accounts.enums import Step
from union_portal.accounts.models import User
from union_portal.accounts.services.access import take_step
from union_portal.base.errors import Conflict, Refused
from union_portal.base.steps import saved


@transaction.atomic
def create_account(*, staff_number: str, name: str, email: str = "", actor: User | None = None) -> User:
    """Make an account without a password; a one-time code opens it."""
    if User.objects.filter(staff_number=staff_number.strip()).exists():
        raise Conflict("该工号已有账号。", field="staff_number")
    made = User.objects.create_user(staff_number.strip(), name=name.strip(), email=email)
    take_step(users=[made], actor=actor, step=Step.MADE)
    return made


@transaction.atomic
def close_account(*, user: User, actor: User | None, asked_by: User | None = None) -> None:
    """Close an account: its owner is signed out at the next click and cannot sign in again."""
    if user == actor:
        raise Refused("不能停用自己的账号，请由他人办理。")
    user.is_active = False
    user.save(update_fields=["is_active"])
    take_step(users=[user], actor=actor, step=Step.CLOSED, asked_by=asked_by)


@transaction.atomic
def reopen_account(*, user: User, actor: User | None, asked_by: User | None = None) -> None:
    """Let the owner of a closed account sign in again, with the password and the second factor as they were.

    Who was signed in when it was closed is not by that.
    """
    user.is_active = True
    user.save(update_fields=["is_active"])
    end_sessions(user=user)
    take_step(users=[user], actor=actor, step=Step.REOPENED, asked_by=asked_by)


def end_sessions(*, user: User) -> None:
    """Sign everybody out who is signed in to the account, wherever."""
    User.objects.filter(pk=user.pk).update(sessions_ended=F("sessions_ended") + 1)
    user.refresh_from_db(fields=["sessions_ended"])


@transaction.atomic
def change_account(*, user: User, actor: User) -> None:
    """Save another name or address of an account; the news of a new address goes to the old one."""
    before = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    saved(user, fields=["name", "email"])
    if before.email != user.email:
        take_step(users=[before], actor=actor, step=Step.ADDRESS)
    if before.name != user.name:
        take_step(users=[before], actor=actor, step=Step.NAME)


@transaction.atomic
def reset_second_factor(*, user: User, actor: User | None, asked_by: User | None = None) -> int:
    """Forget the authenticator app of somebody who lost the phone; return how many entries were removed."""
    if user == actor:
        raise Refused("不能重置自己的二次验证，请由其他管理员办理。")
    removed, _by_model = Authenticator.objects.filter(user=user).delete()
    end_sessions(user=user)
    take_step(users=[user], actor=actor, step=Step.RESET, asked_by=asked_by)
    return removed
