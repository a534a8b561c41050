"""What a sign-in that ran out leaves behind, and the second factor before the staff desk opens."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.http import urlencode

from union_portal.accounts.models import User

GetResponse = Callable[[HttpRequest], HttpResponseBase]
# Views that staff may open before their second factor is set: signing in and out, the member's own pages.
OPEN_PREFIXES = ("account_", "mfa_")
# What is this long was written, not chosen.
WORDS = 8


def _is_written(value: str) -> bool:
    """Tell words of a person from numbers, days and tokens of the form."""
    words = value.strip()
    return len(words) >= WORDS and (not words.isascii() or len(words.split()) > 1)


class KeepingLoginRequiredMiddleware(LoginRequiredMiddleware):
    """Ask to sign in; who was signed out while a form was open gets back the words that were not saved."""

    def handle_no_permission(  # type: ignore[override]
        self, request: HttpRequest, view_func: Callable[..., Any]
    ) -> HttpResponseBase:
        """Show the words to copy and the way to sign in; without words, lead to the sign-in as always."""
        words = [
            value
            for name, values in request.POST.lists()
            for value in values
            if _is_written(value) and "password" not in name
        ]
        if not words:
            # Who asked for no place is led by the signing in itself: staff to the desk, members to their page.
            if request.path == settings.LOGIN_REDIRECT_URL:
                return redirect(settings.LOGIN_URL)
            return super().handle_no_permission(request, view_func)
        back = request.headers.get("Referer", "")
        place = urlsplit(back).path if back else "/"
        query = urlencode({REDIRECT_FIELD_NAME: place})
        context = {"words": words, "sign_in": f"{reverse(settings.LOGIN_URL)}?{query}"}
        response = render(request, "accounts/signed_out.html", context, status=403)
        add_never_cache_headers(response)
        return response


class SecondFactorMiddleware:
    """Lead staff to the enrolment of their second factor until they have one."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass on."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], _args: Any, _kwargs: Any
    ) -> HttpResponseBase | None:
        """Send staff without a second factor to its enrolment, except on pages of signing in and members' own."""
        user = request.user
        if not settings.PORTAL_STAFF_TOTP or not isinstance(user, User):
            return None
        if getattr(view, "without_second_factor", False) or not getattr(view, "login_required", True):
            return None
        name = request.resolver_match.url_name if request.resolver_match else None
        if name and name.startswith(OPEN_PREFIXES):
            return None
        if not user.is_staff or Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists():
            return None
        query = urlencode({REDIRECT_FIELD_NAME: request.get_full_path()})
        return redirect(f"{reverse('mfa_activate_totp')}?{query}")
