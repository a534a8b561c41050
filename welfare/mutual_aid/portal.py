"""Premiums that finance has not posted yet."""

from collections.abc import Iterator

from django.urls import reverse

from union_portal.accounts.models import User
from union_portal.base.portal import Contribution, DeskItem, contribute
from welfare.mutual_aid.models import MutualAidPlan
from welfare.mutual_aid.services.premiums import open_terms


def desk_items(user: User) -> Iterator[DeskItem]:
    """Yield the plans with terms whose premium waits for the ledger."""
    if not user.has_perm("welfare.post_premium"):
        return
    for plan in MutualAidPlan.objects.filter(active=True, account__isnull=False):
        if terms := open_terms(plan=plan):
            yield DeskItem(
                title=f"保费入账：{plan}",
                detail=str(terms[0]),
                address=reverse("admin:welfare_mutualaidplan_change", args=[plan.pk]),
                count=len(terms),
            )


contribute(Contribution(desk_items=desk_items))
