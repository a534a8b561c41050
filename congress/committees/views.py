"""The door of a reviewed document's file."""

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from congress.committees.models import ReviewedDocument
from congress.regulations.views import paper_file
from union_portal.accounts.requests import account_of


@never_cache
@require_GET
def reviewed_file(request: HttpRequest, pk: int) -> FileResponse:
    """Give the paper that a committee's meeting dealt with to the union's officers."""
    if not account_of(request).has_perm("congress.view_revieweddocument"):
        raise PermissionDenied
    return paper_file(get_object_or_404(ReviewedDocument, pk=pk).file)
