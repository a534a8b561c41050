"""A proposal's papers: the official form as PDF, the scan of the signed one."""

import io

from django.http import FileResponse, HttpRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from congress.author_desk.views.access import proposal_or_404
from congress.handling.models import Reply
from congress.ratings.models import Opinion, Rating
from congress.ratings.renderers import render_form
from union_portal.accounts.requests import without_second_factor
from union_portal.accounts.views import give_paper


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
    return give_paper(request, proposal.scan)


@require_GET
@without_second_factor
@never_cache
def reply_scan(request: HttpRequest, pk: int) -> FileResponse:
    """Give the scan of a department's signed paper reply to who reads the proposal; logged, it bears signatures."""
    reply = get_object_or_404(Reply.objects.exclude(scan=""), pk=pk)
    proposal_or_404(request, reply.proposal_id)
    return give_paper(request, reply.scan)


@require_GET
@without_second_factor
@never_cache
def rating_scan(request: HttpRequest, pk: int) -> FileResponse:
    """Give the scan of a rating on paper to who reads the proposal; logged, it bears a signature."""
    return _judgement(request, get_object_or_404(Rating.objects.exclude(scan="").select_related("reply"), pk=pk))


@require_GET
@without_second_factor
@never_cache
def opinion_scan(request: HttpRequest, pk: int) -> FileResponse:
    """Give the scan of a joint proposer's opinion to who reads the proposal; logged, it bears a signature."""
    return _judgement(request, get_object_or_404(Opinion.objects.exclude(scan="").select_related("reply"), pk=pk))


def _judgement(request: HttpRequest, one: Rating | Opinion) -> FileResponse:
    proposal_or_404(request, one.reply.proposal_id)
    return give_paper(request, one.scan)
