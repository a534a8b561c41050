"""The door of a reviewed document's file."""

from django.contrib.auth.decorators import permission_required
from django.http import FileResponse, HttpRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache

from congress.committees.models import ReviewedDocument
from union_portal.accounts.views import give_paper


@never_cache
@permission_required("congress.view_revieweddocument", raise_exception=True)
def reviewed_file(request: HttpRequest, pk: int) -> FileResponse:
    """Give the paper that a committee's meeting dealt with to the union's officers."""
    return give_paper(request, get_object_or_404(ReviewedDocument, pk=pk).file)
