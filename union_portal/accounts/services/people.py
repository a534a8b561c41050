"""Accounts themselves: making, closing, language, second factor."""

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from union_portal.accounts.models import User
from union_portal.base.errors import Conflict, Refused


def create_account(*, staff_number: str, name: str, email: str = "") -> User:
    """Make an account without a password; a one-time code opens it."""
    if User.objects.filter(staff_number=staff_number.strip()).exists():
        raise Conflict(_("There is already an account with this staff number."), field="staff_number")
    return User.objects.create_user(staff_number.strip(), name=name.strip(), email=email)


@transaction.atomic
def close_account(*, user: User, actor: User) -> None:
    """Close an account: its owner is signed out at the next click and cannot sign in again."""
    if user == actor:
        raise Refused(_("Ask somebody else to close your own account."))
    user.is_active = False
    user.save(update_fields=["is_active"])


@transaction.atomic
def reset_second_factor(*, user: User, actor: User) -> int:
    """Forget the authenticator app of somebody who lost the phone; return how many entries were removed."""
    if user == actor:
        raise Refused(_("Ask another administrator to reset your own second factor."))
    removed, _by_model = Authenticator.objects.filter(user=user).delete()
    return removed


def set_language(*, user: User, language: str) -> None:
    """Remember the language the user wants to read."""
    User.objects.filter(pk=user.pk).update(language=language)
    user.language = language
