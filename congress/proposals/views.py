"""Who is at the desk of a department or the committee."""

from django.http import Http404, HttpRequest

from union_portal.accounts.models import User


def desk_account(request: HttpRequest) -> User:
    """Return the signed-in account."""
    if not isinstance(request.user, User):
        raise Http404
    return request.user
