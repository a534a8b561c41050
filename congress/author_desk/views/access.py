"""Who opens which proposal here; everybody else finds nothing."""

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from congress.handling.enums import ReplyState
from congress.handling.models import Reply
from congress.proposals.models import Proposal
from union_portal.accounts.models import User
from union_portal.accounts.requests import account_of

RELATED = (
    "drive__session",
    "congress",
    "category",
    "proposer__person__user",
    "delegation__head__person",
    "delegation__deputy__person",
    "merged_into",
)


def readable(user: User) -> "QuerySet[Proposal]":
    """Return what the account may open: what concerns it as a delegate, and what its office shows it.

    These pages ask no second factor of staff who read only their own; what the office shows needs one.
    """
    if user.is_staff and settings.PORTAL_STAFF_TOTP:
        totp = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP)
        if not totp.exists():
            return Proposal.objects.concerning(user)
    return Proposal.objects.visible_to(user) | Proposal.objects.with_own_merged_in(user)


def proposal_or_404(request: HttpRequest, pk: int) -> Proposal:
    """Return the proposal with what its page shows, which is dear and read for those alone who may open it."""
    if not readable(account_of(request)).filter(pk=pk).exists():
        raise Http404
    found: Proposal = Proposal.objects.select_related(*RELATED).get(pk=pk)
    return found


def own_or_404(request: HttpRequest, pk: int) -> Proposal:
    """Return a proposal of the account's own, or of a delegation it heads."""
    own: Proposal = get_object_or_404(Proposal.objects.authored_by(account_of(request)), pk=pk)
    return own


def newest_reply(proposal: Proposal) -> Reply | None:
    """Return the last reply that reached the proposer."""
    found: Reply | None = proposal.replies.filter(state=ReplyState.SENT).order_by("-round").first()
    return found
