"""Who is at the screen, and forms that offer only what the account runs."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from union_portal.accounts.models import User

STYLES: dict[str, list[str]] = {
    "all": ["portal/tokens.css", "portal/components.css", "welfare/round.css", "congress/congress.css"]
}
SHEET_STYLES: dict[str, list[str]] = {"all": [*STYLES["all"], "congress/voting.css"]}


def actor(request: HttpRequest) -> User:
    """Return the signed-in account."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


class RunByUserAdmin:
    """An admin whose form knows its user, and offers only the congresses that account runs."""

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """Tell the form who fills it in."""
        form: Any = super().get_form(request, obj, change, **kwargs)  # type: ignore[misc]
        form.user = actor(request)
        return form


def network_address(request: HttpRequest) -> Any:
    """Return the network address for the access log."""
    return request.META.get("REMOTE_ADDR") or None


HANDLING_STYLES: dict[str, list[str]] = {
    "all": ["portal/tokens.css", "portal/components.css", "welfare/round.css", "congress/handling.css"]
}
# The portal's own parts inside the desk's theme.
PLAIN_STYLES: dict[str, list[str]] = {"all": ["portal/tokens.css", "portal/components.css", "welfare/round.css"]}
SURVEY_STYLES: dict[str, list[str]] = {
    "all": ["portal/tokens.css", "portal/components.css", "welfare/round.css", "congress/voting.css"]
}
