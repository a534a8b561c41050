"""Who is at the screen, as services know it, and the files that leave to them."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest

from union_portal.accounts.enums import Access
from union_portal.accounts.models import User
from union_portal.accounts.services import log_access
from union_portal.base.views import opened


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


def handed_out(
    request: HttpRequest,
    kept: Any,
    *,
    name: str,
    action: Access = Access.DOWNLOAD,
    content_type: str | None = None,
    **logged: Any,
) -> FileResponse:
    """Hand out a record's stored file under this name, logged; one that is not there is a page not found.

    The log names the record that keeps the file unless it is told another `subject`; the content type is guessed from
    the name.
    """
    if not kept:
        raise Http404
    content, record = opened(kept), kept.instance
    about = {"kind": record._meta.label_lower, "subject": str(record.pk), **logged}  # noqa: SLF001
    log_access(user=account_of(request), action=action, **about)
    return FileResponse(content, filename=name, content_type=content_type)
