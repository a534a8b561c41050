"""Applications that wait for a decision, on the desk."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.urls import reverse

from members.admissions.models import Admission
from union_portal.base.portal import Contribution, DeskItem, contribute, waiting

if TYPE_CHECKING:
    from union_portal.accounts.models.user import User


def desk_items(user: "User") -> Iterator[DeskItem]:
    """Return one item for the applications whose decision the account records."""
    if user.has_perm("members.add_admission"):
        rows = Admission.objects.visible_to(user).waiting()
        yield from waiting(
            rows,
            title="待审批的入会申请",
            detail="登记小组和分工会意见，批准后自动办理入会。",
            address=f"{reverse('admin:members_admission_changelist')}?state__exact=applied",
            day="applied_on",
        )


contribute(Contribution(desk_items=desk_items))
