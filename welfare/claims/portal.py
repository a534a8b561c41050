"""Claims that wait for the branch or the office, stays that nobody claimed for, and a member's own claims."""

import datetime as dt
from collections.abc import Iterator

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from union_portal.accounts.models import User
from union_portal.base.admin.filters import counted, counted_address
from union_portal.base.kept import kept
from union_portal.base.portal import Contribution, DeskItem, contribute, waiting
from union_portal.base.prepared import latest
from welfare.claims.enums import ClaimState
from welfare.claims.models import Claim, ClaimMove, ClaimRule
from welfare.claims.services.alerts import unclaimed
from welfare.grants.models import Grant, GrantMove
from welfare.mutual_aid.models import Cover, CoverMove

# Stays of longer ago are claimed no more.
_LOOKED_BACK = dt.timedelta(days=365)


def _recent(_key: str = "") -> "QuerySet[Grant]":
    return unclaimed(since=timezone.localdate() - _LOOKED_BACK)


def _unclaimed(user: User) -> int:
    """Return how many, counted anew when a grant, a cover or a claim has moved: the same for the whole school."""
    moved = latest(user, Grant, GrantMove, Cover, CoverMove, Claim, ClaimMove, ClaimRule)
    return kept(("unclaimed", timezone.localdate()), version=moved, ask=lambda: _recent().count())


def desk_items(user: User) -> Iterator[DeskItem]:
    """Yield to the branch what it has to check, to the office what it sends on, and the stays without a claim."""
    address = reverse("admin:welfare_claim_changelist")
    steps = ((ClaimState.BRANCH, "confirm", "待分工会审核的理赔"), (ClaimState.OFFICE, "forward", "待报送的理赔"))
    for state, may, title in steps:
        if user.has_perm(f"welfare.{may}_claim"):
            yield from waiting(
                user,
                lambda account, state=state: Claim.objects.visible_to(account).filter(state=state),  # type: ignore[misc]
                title=title,
                detail="核对参保、事由和材料。",
                address=f"{address}?state__exact={state}",
                day="",
            )
    if user.has_perm("welfare.forward_claim") and (count := _unclaimed(user)):
        yield DeskItem(
            title="住院慰问后未申请理赔",
            detail="本人住院或患病已慰问，当时在互助保障期内，请提醒申请。",
            address=f"{reverse('admin:welfare_grant_changelist')}?{counted_address('unclaimed', 'year')}",
            count=count,
            unit="人次",
        )


counted(model=Grant, name="unclaimed", label="未申请互助保障理赔", rows=_recent)
contribute(Contribution(desk_items=desk_items))
