"""Applications that wait for a decision, on the desk."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.urls import reverse

from members.admissions.models import Admission
from union_portal.base.portal import Contribution, DeskItem, Place, contribute
from union_portal.base.prepared import totals

if TYPE_CHECKING:
    from union_portal.accounts.models.user import User


def desk_items(user: "User") -> Iterator[DeskItem]:
    """Return one item for the applications whose decision the account records."""
    if user.has_perm("members.decide_admission"):
        count, first = totals(user, "admissions", _waiting)["all"]
        if count:
            yield DeskItem(
                title="待审批的入会申请",
                detail=f"最早一份申请于 {first}；登记小组和分工会意见，批准后自动办理入会。",
                address=f"{reverse('admin:members_admission_changelist')}?state__exact=applied",
                count=count,
            )


def _waiting(user: "User") -> "dict[str, tuple[QuerySet[Any], str]]":
    return {"all": (Admission.objects.visible_to(user).waiting(), "applied_on")}


_NEW = Place("members", "登记入会申请", "admin:members_admission_add", "members.add_admission", "how_to_reg")
contribute(Contribution(desk_items=desk_items, creates=(_NEW,)))
