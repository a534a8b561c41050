"""A proposal's papers: the official form as PDF, the scan of the signed one."""

import io
import mimetypes

from django.core.files.base import File
from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from congress.author_desk.views.access import proposal_or_404
from congress.ratings.renderers import render_form
from union_portal.accounts.enums import Access, DataClass
from union_portal.accounts.requests import account_of, without_second_factor
from union_portal.accounts.services import log_access
from union_portal.base.views import opened


@require_GET
@without_second_factor
@never_cache
def form(request: HttpRequest, pk: int) -> FileResponse:
    """Give the proposal as the official form, to print and sign."""
    proposal = proposal_or_404(request, pk)
    made = render_form(proposal)
    name = f"提案表-{proposal.number or proposal.pk}.pdf"
    return FileResponse(io.BytesIO(made.pdf), filename=name, content_type="application/pdf")


@require_GET
@without_second_factor
@never_cache
def scan(request: HttpRequest, pk: int) -> FileResponse:
    """Give the scan of the signed paper form; logged, it bears signatures."""
    proposal = proposal_or_404(request, pk)
    if not proposal.scan:
        raise Http404
    content = opened(proposal.scan)
    log_access(
        user=account_of(request),
        action=Access.DOWNLOAD,
        kind="congress.proposal",
        subject=str(proposal.pk),
        data_class=DataClass.BASIC,
        rows=1,
    )
    return _file(content, str(proposal.scan.name), f"proposal-form-{proposal.pk}")


@require_GET
@without_second_factor
@never_cache
def reply_scan(request: HttpRequest, pk: int, reply_pk: int) -> FileResponse:
    """Give the scan of a department's signed paper reply to who reads the proposal; logged, it bears signatures."""
    proposal = proposal_or_404(request, pk)
    reply = get_object_or_404(proposal.replies.exclude(scan=""), pk=reply_pk)
    content = opened(reply.scan)
    log_access(
        user=account_of(request),
        action=Access.DOWNLOAD,
        kind="congress.reply",
        subject=str(reply.pk),
        data_class=DataClass.BASIC,
        rows=1,
    )
    return _file(content, str(reply.scan.name), f"proposal-reply-{reply.pk}")


def _file(content: File[bytes], name: str, shown: str) -> FileResponse:
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    ending = name.rsplit(".", 1)[-1]
    return FileResponse(content, filename=f"{shown}.{ending}", content_type=kind)
