"""Refunds that finance has not posted yet."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef
from django.urls import reverse

from union_portal.accounts.models import User
from union_portal.base.portal import Contribution, DeskItem, contribute
from union_portal.base.prepared import seen
from welfare.health_checks.models import HealthCheck
from welfare.health_checks.services.refunding import unposted


def desk_items(user: User) -> Iterator[DeskItem]:
    """Yield to finance what has refunds that wait for the ledger."""
    if not user.has_perm("welfare.post_check_refunds"):
        return
    rows = seen(
        user,
        "checks with refunds",
        lambda _account: HealthCheck.objects.filter(Exists(unposted().filter(health_check=OuterRef("pk")))),
    )
    for one in rows:
        yield DeskItem(
            title=f"体检报销入账：{one}",
            detail="核对金额后记入台账，每人一笔。",
            address=reverse("admin:welfare_healthcheck_change", args=[one.pk]),
        )


contribute(Contribution(desk_items=desk_items))
