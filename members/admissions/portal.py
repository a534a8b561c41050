"""Applications that wait for a decision, on the desk."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.db.models import Count, Min
from django.urls import reverse

from members.admissions.models import Admission
from union_portal.base.portal import Contribution, DeskItem, Place, contribute

if TYPE_CHECKING:
    from union_portal.accounts.models.user import User


def desk_items(user: "User") -> Iterator[DeskItem]:
    """Return one item for the applications whose decision the account records."""
    if user.has_perm("members.decide_admission"):
        found = Admission.objects.visible_to(user).waiting().aggregate(count=Count("pk"), first=Min("applied_on"))
        if found["count"]:
            yield DeskItem(
                title="待审批的入会申请",
                detail=f"最早一份申请于 {found['first']}；登记小组和分工会意见，批准后自动办理入会。",
                address=f"{reverse('admin:members_admission_changelist')}?state__exact=applied",
                count=found["count"],
            )


_NEW = Place("members", "登记入会申请", "admin:members_admission_add", "members.add_admission", "how_to_reg")
contribute(Contribution(desk_items=desk_items, creates=(_NEW,)))
