"""Who opens which proposal here; everybody else finds nothing."""

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest
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
    return Proposal.objects.filter(pk__in=Proposal.objects.visible_to(user).order_by().values("pk")) | (
        Proposal.objects.filter(pk__in=Proposal.objects.concerning(user).order_by().values("pk"))
    )


def proposal_or_404(request: HttpRequest, pk: int) -> Proposal:
    return get_object_or_404(readable(account_of(request)).select_related(*RELATED), pk=pk)


def own_or_404(request: HttpRequest, pk: int) -> Proposal:
    """Return a proposal of the account's own, or of a delegation it heads."""
    found = Proposal.objects.authored_by(account_of(request)).select_related(*RELATED)
    own: Proposal = get_object_or_404(found, pk=pk)
    return own


def newest_reply(proposal: Proposal) -> Reply | None:
    """Return the last reply that reached the proposer."""
    found: Reply | None = proposal.replies.filter(state=ReplyState.SENT).order_by("-round").first()
    return found
