"""What waits for a second person, and the archive that lies ready, on the desk."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.urls import reverse

from union_portal.base.portal import Contribution, DeskItem, contribute, waiting
from union_portal.home.leaving.models import Leaving

if TYPE_CHECKING:
    from union_portal.accounts.models import User


def desk_items(user: "User") -> Iterator[DeskItem]:
    """Yield what others ask for."""
    if user.has_perm("accounts.confirm_asked"):
        address = reverse("admin:home_leaving_changelist")
        detail = "另一位管理员申请导出全部数据，确认后生成。"
        yield from waiting(
            user, Leaving.objects.waiting_for, title="待确认的整体导出", detail=detail, address=address, day=""
        )


contribute(Contribution(desk_items=desk_items))
