"""The language switch: a cookie for strangers, the account's own setting for everybody else."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from union_portal.accounts.forms import LanguageForm
from union_portal.accounts.models import User
from union_portal.accounts.services import set_language


@require_POST
@login_not_required
def choose_language(request: HttpRequest) -> HttpResponse:
    """Remember the language and go back to the page."""
    form = LanguageForm(request.POST)
    form.is_valid()
    address = form.cleaned_data.get("next") or "/"
    if not url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure()):
        address = "/"
    response = redirect(address)
    language = form.cleaned_data.get("language")
    if language:
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=365 * 24 * 3600,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
        if isinstance(request.user, User):
            set_language(user=request.user, language=language)
    return response
