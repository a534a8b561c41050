"""What pages of every app share."""

from typing import Any

from django.core.files import File
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseServerError
from django.template.loader import render_to_string


def server_error(request: HttpRequest) -> HttpResponse:
    """Show the page of a fault with the request's number, without asking database or session."""
    context = {"request_id": getattr(request, "request_id", "")}
    return HttpResponseServerError(render_to_string("500.html", context))


def opened(kept: Any) -> File[bytes]:
    """Open a stored file to be sent; one that is gone from the disk is a page not found, never a broken one."""
    try:
        content: File[bytes] = kept.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    return content


def as_pdf(content: bytes, *, name: str) -> HttpResponse:
    """Show a finished paper in the browser; the name is ASCII, without its ending."""
    shown = {"Content-Disposition": f'inline; filename="{name}.pdf"'}
    return HttpResponse(content, content_type="application/pdf", headers=shown)
