"""Accounts themselves: making, closing, second factor."""

from allauth.mfa.models import Authenticator
from django.db import transaction

from union_portal.accounts.models import User
from union_portal.base.errors import Conflict, Refused


def create_account(*, staff_number: str, name: str, email: str = "") -> User:
    """Make an account without a password; a one-time code opens it."""
    if User.objects.filter(staff_number=staff_number.strip()).exists():
        raise Conflict("该工号已有账号。", field="staff_number")
    return User.objects.create_user(staff_number.strip(), name=name.strip(), email=email)


@transaction.atomic
def close_account(*, user: User, actor: User) -> None:
    """Close an account: its owner is signed out at the next click and cannot sign in again."""
    if user == actor:
        raise Refused("不能停用自己的账号，请由他人办理。")
    user.is_active = False
    user.save(update_fields=["is_active"])


@transaction.atomic
def reset_second_factor(*, user: User, actor: User) -> int:
    """Forget the authenticator app of somebody who lost the phone; return how many entries were removed."""
    if user == actor:
        raise Refused("不能重置自己的二次验证，请由其他管理员办理。")
    removed, _by_model = Authenticator.objects.filter(user=user).delete()
    return removed
