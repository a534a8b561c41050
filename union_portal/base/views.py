"""What pages of every app share."""

from typing import Any

from django.core.files import File
from django.http import FileResponse, Http404, HttpResponse


def opened(kept: Any) -> File[bytes]:
    """Open a stored file to be sent; one that is gone from the disk is a page not found, never a broken one."""
    try:
        content: File[bytes] = kept.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    return content


def paper_file(kept: Any) -> FileResponse:
    """Return a stored paper as a download, which never runs in the portal's name; none is a page not found."""
    if not kept:
        raise Http404
    return FileResponse(opened(kept), as_attachment=True, filename=kept.name.rsplit("/", 1)[-1])


def as_pdf(content: bytes, *, name: str) -> HttpResponse:
    """Show a finished paper in the browser; the name is ASCII, without its ending."""
    shown = {"Content-Disposition": f'inline; filename="{name}.pdf"'}
    return HttpResponse(content, content_type="application/pdf", headers=shown)
