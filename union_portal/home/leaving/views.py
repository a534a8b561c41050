"""Taking an archive away."""

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from union_portal.accounts.enums import Access
from union_portal.accounts.requests import staff_of
from union_portal.base.views import opened
from union_portal.home.leaving.models import Leaving
from union_portal.home.leaving.services import asking


@require_GET
@never_cache
def take(request: HttpRequest, pk: int) -> FileResponse:
    """Give the archive to one of the two, as long as it is kept; logged."""
    user = staff_of(request)
    asked = get_object_or_404(Leaving.objects.visible_to(user), pk=pk)
    if not user.has_perm("home.take_leaving", asked):
        raise PermissionDenied
    if not asked.file or asked.made_at is None:
        raise Http404
    file = opened(asked.file)
    asking.log_leaving(user=user, action=Access.DOWNLOAD, subject=str(asked.pk), purpose=asked.reason)
    name = f"整体导出-{timezone.localdate(asked.made_at):%Y%m%d}.zip"
    return FileResponse(file, as_attachment=True, filename=name, content_type="application/zip")
