"""Approvals on paper on the desk: to confirm, to put right."""

from collections.abc import Iterator

from django.db.models import Q, QuerySet
from django.urls import reverse

from union_portal.accounts.enums import Role
from union_portal.accounts.models import User
from union_portal.base.portal import Contribution, DeskItem, contribute
from union_portal.base.prepared import totals
from welfare.approvals.enums import ApprovalState
from welfare.approvals.models import PaperApproval

WHOLE = Q(approver__isnull=False, approved_on__isnull=False) & ~Q(document="") & ~Q(scan="")


def _list(query: str = "") -> str:
    return f"{reverse('admin:welfare_paperapproval_changelist')}{query}"


def desk_items(user: User) -> Iterator[DeskItem]:
    """Yield what waits for a second account, and what lacks something."""
    if user.has_perm("welfare.confirm_paperapproval"):
        for one in _entered(user).filter(WHOLE).exclude(entered_by=user)[:5]:
            yield DeskItem(
                title=f"确认线下审批：{one.about}",
                detail=f"{one.words()}，由 {one.entered_by} 登记；请对照扫描件确认或退回。",
                address=reverse("admin:welfare_paperapproval_change", args=[one.pk]),
                urgent=True,
            )
    if not user.has_role(Role.WELFARE, Role.WOMEN, Role.FINANCE):
        return
    count, _day = totals(user, "incomplete approvals", lambda one: {"all": (_entered(one).exclude(WHOLE), "")})["all"]
    if count:
        yield DeskItem(
            title="待补充的线下审批",
            detail="名单所载的审批缺审批人、日期、文号或扫描件，补齐并由另一人确认后才能记账。",
            address=_list("?state__exact=entered"),
            count=count,
        )


def _entered(user: User) -> "QuerySet[PaperApproval]":
    found: QuerySet[PaperApproval] = PaperApproval.objects.visible_to(user).filter(state=ApprovalState.ENTERED)
    return found


contribute(Contribution(desk_items=desk_items))
