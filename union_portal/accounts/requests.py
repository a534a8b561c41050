"""Who is at the screen, as services know it."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from union_portal.accounts.models import User


def account_of(request: HttpRequest) -> User:
    """Return the signed-in account."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def staff_of(request: HttpRequest) -> User:
    """Return the signed-in account that works at the staff desk."""
    user = account_of(request)
    if not user.is_active or not user.is_staff:
        raise PermissionDenied
    return user


def without_second_factor(view: Callable[..., Any]) -> Callable[..., Any]:
    """Mark a member's own page: staff may open it before their second factor is set."""
    view.without_second_factor = True  # type: ignore[attr-defined]
    return view
