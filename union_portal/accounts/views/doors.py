"""The door through which a record's paper leaves: who looked at what is written down first."""

from typing import Any, cast

from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpRequest

from union_portal.accounts.enums import Access, DataClass
from union_portal.accounts.requests import account_of
from union_portal.accounts.services import log_access
from union_portal.base.intake.kinds import KINDS, SCANS, FileKind
from union_portal.base.papers import KeptFile
from union_portal.base.views import opened

# A paper shown by itself needs nothing from anywhere.
_POLICY = "default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'; frame-ancestors 'none'"


def give_paper(request: HttpRequest, paper: FieldFile, *, data_class: DataClass = DataClass.BASIC) -> FileResponse:
    """Give the paper to the account at the screen, which the view has found to be allowed, and write that down.

    Scans and pictures open in the browser, everything else is saved; nothing runs in the portal's name. A record
    without a paper, or one that is gone from the disk, is a page not found.
    """
    if not paper:
        raise Http404
    content, kept = opened(paper), cast("KeptFile", paper).kept
    log_access(
        user=account_of(request),
        action=Access.DOWNLOAD,
        kind=paper.instance._meta.label_lower,  # noqa: SLF001
        subject=str(paper.instance.pk),
        data_class=data_class,
        rows=1,
    )
    known = FileKind(kept.kind) if kept.kind in KINDS else None
    return FileResponse(
        content,
        as_attachment=known not in SCANS,
        filename=kept.name,
        content_type=KINDS[known].content_type if known else "application/octet-stream",
        headers={
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": _POLICY,
            "Cache-Control": "private, no-store",
        },
    )


def give_made(
    request: HttpRequest,
    kept: Any,
    *,
    name: str,
    kind: str,
    action: Access = Access.DOWNLOAD,
    content_type: str | None = None,
    **logged: Any,
) -> FileResponse:
    """Give a file that the portal made and a record keeps, under this name, logged; none is a page not found.

    The log names the record that keeps the file, as a `kind`, unless it is told another `subject`; the content type is
    guessed from the name.
    """
    if not kept:
        raise Http404
    content, about = opened(kept), {"subject": str(kept.instance.pk), **logged}
    log_access(user=account_of(request), action=action, kind=kind, **about)
    return FileResponse(content, filename=name, content_type=content_type)
