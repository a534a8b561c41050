"""The auditor's items: every approval on paper, every warning that nobody has settled, each leading to its list."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone

from union_portal.accounts.enums import Role
from union_portal.accounts.models import User
from union_portal.base.portal import Contribution, DeskItem, Place, contribute
from welfare.audit.services import MatterKind, counts


def desk_items(user: User) -> Iterator[DeskItem]:
    """Yield the year's approvals on paper and open warnings for the audit committee."""
    if not user.has_role(Role.AUDIT):
        return
    year = timezone.localdate().year
    titles = {MatterKind.PAPER: f"{year} 年登记的线下审批", MatterKind.WARNING: f"{year} 年未结的超标提醒"}
    for kind, (all_, waiting) in counts(year=year).items():
        if all_:
            yield DeskItem(
                title=titles[kind],
                detail=f"其中待处理 {waiting:,} 件；可逐件查看，并可导出。",
                address=f"{reverse('welfare:audit')}?year={year}&kind={kind}",
                count=all_,
            )


contribute(
    Contribution(
        desk_items=desk_items,
        places=(Place("money", "线下审批与未结提醒", "welfare:audit", "welfare.look_over", icon="policy"),),
    )
)
