"""Leading back to the page from which a form for a new row was opened, once the row is saved.

The address travels in the form's own address, signed for the account: no link from outside can lead anywhere by it.
"""

from typing import Any

from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import urlencode

_BACK = "_back"


def opened_from(form: str, *, back: str, user: Any, **initial: str) -> str:
    """Return the address of a form that begins with these values and, once saved, leads back."""
    return f"{form}?{urlencode({**initial, _BACK: _signer(user).sign(back)})}"


def back_from(request: HttpRequest) -> HttpResponse | None:
    """Return the way back to where the form was opened; None where its address names none, or one we did not write."""
    try:
        return redirect(_signer(request.user).unsign(request.GET[_BACK]))
    except (KeyError, BadSignature):
        return None


def _signer(user: Any) -> Signer:
    return Signer(salt=f"portal.back:{user.pk}")
