"""Shares of trips that finance has not posted yet."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef
from django.urls import reverse

from union_portal.accounts.models import User
from union_portal.base.portal import Contribution, DeskItem, contribute
from union_portal.base.prepared import seen
from welfare.recuperation.models import RecuperationBatch
from welfare.recuperation.services.batches import unposted


def desk_items(user: User) -> Iterator[DeskItem]:
    """Yield to finance what has shares that wait for the ledger."""
    if not user.has_perm("welfare.post_recuperation"):
        return
    rows = seen(
        user,
        "batches with shares",
        lambda _account: RecuperationBatch.objects.filter(Exists(unposted().filter(batch=OuterRef("pk")))),
    )
    for one in rows:
        yield DeskItem(
            title=f"疗休养入账：{one}",
            detail="核对金额后记入台账，每人一笔。",
            address=reverse("admin:welfare_recuperationbatch_change", args=[one.pk]),
        )


contribute(Contribution(desk_items=desk_items))
