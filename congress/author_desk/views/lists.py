"""The delegate's place: what waits for him, his own proposals, the drives that run."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from congress.drives.enums import Publication
from congress.drives.models import ProposalCategory, ProposalDrive
from congress.handling.enums import ReplyState
from congress.proposals.enums import ProposalState, SecondingState
from congress.proposals.models import Proposal
from congress.proposals.services.authorship import authorships
from congress.proposals.services.seconding import author_words
from union_portal.accounts.requests import account_of, without_second_factor
from union_portal.base.asked import keys_in

PER_PAGE = 20
_ROW = ("drive__session", "congress", "category", "proposer__person", "delegation")


def _rows(found: Any) -> Any:
    return found.with_signed().select_related(*_ROW)


@require_GET
@without_second_factor
@never_cache
def mine(request: HttpRequest) -> HttpResponse:
    """Show a delegate the drives that run, what waits for an answer and the own proposals; others what is published."""
    user = account_of(request)
    ways = authorships(user=user)
    drives = {way.drive.pk: way.drive for way in ways}
    written = Proposal.objects.authored_by(user).exclude(state=ProposalState.ANNULLED)
    own = list(_rows(written).order_by("-drive__session__convened_on", "-created_at", "-pk"))
    to_second = _rows(
        Proposal.objects.filter(
            pk__in=Proposal.objects.filter(
                secondings__state=SecondingState.INVITED,
                secondings__delegate__person__user=user,
                state__in=[ProposalState.SECONDING, ProposalState.RETURNED],
            ).values("pk")
        )
    )
    context: dict[str, Any] = {
        "drives": sorted(drives.values(), key=lambda drive: drive.closes_at),
        "may_propose": bool(ways),
        "own": own,
        "to_second": list(to_second.order_by("drive__closes_at", "pk")),
        "to_check": list(_rows(Proposal.objects.to_precheck(user)).order_by("drive__closes_at", "pk")),
        "to_rate": [one for one in own if one.state == ProposalState.ANSWERED],
        "today": timezone.localdate(),
    }
    return render(request, "congress/author_desk/mine.html", context)


@require_GET
@without_second_factor
@never_cache
def published(request: HttpRequest) -> HttpResponse:
    """Show every member the filed proposals that their congress publishes, by session and category."""
    found = Proposal.objects.published()
    drives = list(
        ProposalDrive.objects.filter(pk__in=found.order_by().values("drive")).select_related("session").order_by("-pk")
    )
    drive = _chosen(request, "session", {one.pk for one in drives})
    category = _chosen(request, "category", set(ProposalCategory.objects.values_list("pk", flat=True)))
    words = request.GET.get("q", "").strip()[:50]
    shown = found.select_related(*_ROW).order_by("-drive__opens_on", "number", "pk")
    if drive:
        shown = shown.filter(drive=drive)
    if category:
        shown = shown.filter(category=category)
    if words:
        shown = shown.filter(Q(title__icontains=words) | Q(number__startswith=words))
    context = {
        "page": Paginator(shown, PER_PAGE).get_page(request.GET.get("page")),
        "drives": drives,
        "drive": drive,
        "categories": ProposalCategory.objects.filter(pk__in=found.order_by().values("category")),
        "category": category,
        "words": words,
    }
    return render(request, "congress/author_desk/published.html", context)


def _chosen(request: HttpRequest, name: str, known: set[int]) -> int:
    return next((key for key in keys_in([request.GET.get(name, "")]) if key in known), 0)


@require_GET
@without_second_factor
@never_cache
def published_proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """Show every member one published proposal, as far as its congress publishes: state alone, or text and reply."""
    proposal = get_object_or_404(Proposal.objects.published().select_related(*_ROW), pk=pk)
    whole = proposal.drive.published == Publication.REPLY
    context: dict[str, Any] = {"proposal": proposal, "whole": whole}
    if whole:
        merged = list(proposal.merged.with_authors())
        context |= {
            "authors": [author_words(one) for one in (proposal, *merged)],
            "replies": list(proposal.replies.filter(state=ReplyState.SENT).select_related("department")),
            "departments": list(proposal.assignments.living().select_related("department")),
        }
    return render(request, "congress/author_desk/published_one.html", context)
