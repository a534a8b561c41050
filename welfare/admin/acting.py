"""Who is at the screen, as the services know people."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from union_portal.accounts.models import User

# The portal's own parts inside the desk's theme.
STYLES: dict[str, list[str]] = {"all": ["portal/tokens.css", "portal/components.css", "welfare/round.css"]}


def actor(request: HttpRequest) -> User:
    """Return the signed-in account."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def to_round(request: HttpRequest, round_id: int | None, sentence: str) -> "HttpResponseBase | str":
    """Go back to the round's page with the sentence; without a round the sentence alone."""
    if round_id is None:
        return sentence
    messages.success(request, sentence)
    response: HttpResponseBase = redirect("admin:welfare_round_change", round_id)
    return response


def network_address(request: HttpRequest) -> Any:
    """Return the network address for the access log."""
    return request.META.get("REMOTE_ADDR") or None
