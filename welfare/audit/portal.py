"""The auditor's items: what the checks of faults find this year, each leading to its list."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone

from union_portal.accounts.enums import Role
from union_portal.accounts.models import User
from union_portal.base.portal import Contribution, DeskItem, Place, contribute
from welfare.approvals.enums import ApprovalState
from welfare.approvals.models import PaperApproval
from welfare.audit.services.papers import open_warnings


def desk_items(user: User) -> Iterator[DeskItem]:
    """Yield the year's approvals on paper and open warnings for the audit committee."""
    if not user.has_role(Role.AUDIT):
        return
    year = timezone.localdate().year
    papers = PaperApproval.objects.filter(entered_at__year=year)
    warned = open_warnings(year).count()
    told = (
        ("paper", f"{year} 年登记的线下审批", papers.count(), papers.filter(state=ApprovalState.ENTERED).count()),
        ("warning", f"{year} 年未结的超标提醒", warned, warned),
    )
    for key, title, all_, waiting in told:
        if all_:
            yield DeskItem(
                title=title,
                detail=f"其中待处理 {waiting:,} 件；可逐件查看，并可导出。",
                address=f"{reverse('welfare:audit')}?year={year}&check={key}",
                count=all_,
            )


contribute(
    Contribution(
        desk_items=desk_items,
        places=(Place("money", "审计核查", "welfare:audit", "welfare.look_over", icon="policy"),),
    )
)
