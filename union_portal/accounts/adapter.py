"""How this portal differs from allauth's defaults: no sign-up, no permissions, no mail, secrets as ciphertext."""

import datetime as dt
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from union_portal.base import profile
from union_portal.base.encryption import decrypt, encrypt
from union_portal.base.mailing import mail

COLUMN = "mfa_authenticator.data"
FRESH = dt.timedelta(minutes=15)


class AccountAdapter(DefaultAccountAdapter):
    """Accounts come from the register; nobody signs up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Nobody signs up."""
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Lead whoever works at the desk to it, and there to the second factor, and members to their own page."""
        return reverse("admin:index") if request.user.is_staff else str(super().get_login_redirect_url(request))

    def is_reauthentication_required(self, *, app: str, **options: Any) -> bool:
        """Ask for the password again, except just after signing in: enrolment follows at once on it."""
        last = self.request.user.last_login
        if last is not None and timezone.now() - last < FRESH:
            return False
        return bool(super().is_reauthentication_required(app=app, **options))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Leave the letter for the worker, as every other."""
        letter = self.render_mail(template_prefix, email, context)
        mail(letter.to, subject=str(letter.subject), text=str(letter.body))

    def send_notification_mail(self, *_args: Any, **_kwargs: Any) -> None:
        """Send nothing: many accounts have no address, and the access log tells."""


class SignInBackend(AuthenticationBackend):
    """Lets accounts sign in and grants them nothing: what an account may do is said by the rules alone.

    Django's own backend would read permissions and groups for every page, from tables that nobody fills.
    """

    def get_all_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:  # noqa: ARG002
        """Return none."""
        return set()


class SecondFactorAdapter(DefaultMFAAdapter):
    """The second factor's names on the phone."""

    def get_totp_label(self, user: Any) -> str:
        """Show the staff number in the authenticator app."""
        return str(user.staff_number)

    def get_totp_issuer(self) -> str:
        """Show the portal's name in the authenticator app."""
        return profile.title()

    def encrypt(self, text: str) -> str:
        """Keep the shared secret as ciphertext."""
        return encrypt(text, context=COLUMN)

    def decrypt(self, encrypted_text: str) -> str:
        """Read the shared secret."""
        return decrypt(encrypted_text, context=COLUMN)
