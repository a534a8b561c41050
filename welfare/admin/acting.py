"""Who is at the screen, as the services know people."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.urls import reverse

from union_portal.accounts.models import User

# The portal's own parts inside the desk's theme.
STYLES: dict[str, list[str]] = {"all": ["portal/tokens.css", "portal/components.css", "welfare/round.css"]}


def actor(request: HttpRequest) -> User:
    """Return the signed-in account."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def round_address(round_id: int, part: str) -> str:
    """Return the address of a part of the round's page."""
    return f"{reverse('admin:welfare_round_change', args=[round_id])}#{part}"


def network_address(request: HttpRequest) -> Any:
    """Return the network address for the access log."""
    return request.META.get("REMOTE_ADDR") or None
