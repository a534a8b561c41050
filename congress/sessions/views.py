"""The door of a session's paper."""

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.utils import timezone

from congress.sessions.models import Session, SessionDocument
from union_portal.accounts.enums import Access
from union_portal.accounts.models import User
from union_portal.accounts.requests import without_second_factor
from union_portal.accounts.services.access import log_access
from union_portal.base.views import opened


def account_of(request: HttpRequest) -> User:
    """Return the signed-in account."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


@without_second_factor
def document(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Give a document to the delegates once it is published, and to whoever keeps the session; logged."""
    user = account_of(request)
    found = SessionDocument.objects.select_related("item__sitting__session").filter(pk=pk).first()
    if found is None:
        raise Http404
    session = found.item.sitting.session
    published = found.published_on is not None and found.published_on <= timezone.localdate()
    delegates = published and Session.objects.for_delegate(user).filter(pk=session.pk).exists()
    if not delegates and not user.has_perm("congress.view_session", session):
        raise Http404
    log_access(
        user=user,
        action=Access.DOWNLOAD,
        kind="congress.sessiondocument",
        subject=str(found.pk),
        address=request.META.get("REMOTE_ADDR") or None,
    )
    ending = str(found.file.name).rsplit(".", 1)[-1].lower()
    inline = ending in {"pdf", "png", "jpg", "jpeg"}
    return FileResponse(opened(found.file), as_attachment=not inline, filename=f"{found.title}.{ending}")
