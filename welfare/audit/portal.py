"""The auditor's items: every approval on paper, every warning that nobody has settled, each leading to its list."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone

from union_portal.accounts.enums import Role
from union_portal.accounts.models import User
from union_portal.base.portal import Contribution, DeskItem, Place, contribute
from welfare.audit.services import MatterKind, matters


def desk_items(user: User) -> Iterator[DeskItem]:
    """Yield the year's approvals on paper and open warnings for the audit committee."""
    if not user.has_role(Role.AUDIT):
        return
    year = timezone.localdate().year
    found = matters(year=year)
    for kind, title in (
        (MatterKind.PAPER, f"{year} 年登记的线下审批"),
        (MatterKind.WARNING, f"{year} 年未结的超标提醒"),
        (MatterKind.NOTED, f"{year} 年仅有文字的审批"),
    ):
        own = [one for one in found if one.kind == kind]
        if own:
            yield DeskItem(
                title=title,
                detail=f"其中待处理 {sum(one.waits for one in own):,} 件；可逐件查看，并可导出。",
                address=f"{reverse('welfare:audit')}?year={year}&kind={kind}",
                count=len(own),
            )


contribute(
    Contribution(
        desk_items=desk_items,
        places=(Place("money", "线下审批与未结提醒", "welfare:audit", "welfare.look_over", icon="policy"),),
    )
)
