"""Covers that run out, and premiums that finance has not posted yet."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone

from union_portal.accounts.models import User
from union_portal.base.portal import Contribution, DeskItem, contribute, waiting
from welfare.mutual_aid.models import MutualAidPlan
from welfare.mutual_aid.services.premiums import open_terms
from welfare.mutual_aid.services.terms import running_out


def desk_items(user: User) -> Iterator[DeskItem]:
    """Yield the covers that are to be renewed, and the plans with terms whose premium waits for the ledger."""
    if user.has_perm("welfare.import_cover"):
        yield from waiting(
            user,
            lambda _account: running_out(on=timezone.localdate()),
            title="互助保障即将到期",
            detail="请按名单续保，到期后不再保障。",
            address=f"{reverse('admin:welfare_cover_changelist')}?renewal=due",
            day="ends_on",
        )
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
