"""What waits on the desk of those who confirm roles."""

from collections.abc import Iterator

from django.urls import reverse

from union_portal.accounts.models import RoleAssignment, User
from union_portal.base.portal import Contribution, DeskItem, contribute, waiting


def desk_items(user: User) -> Iterator[DeskItem]:
    """Yield the roles that others gave to others."""
    if user.has_perm("accounts.confirm_roleassignment"):
        yield from waiting(
            RoleAssignment.objects.waiting_for(user),
            title="待确认的角色",
            detail="另一位管理员授予的角色，确认后生效。",
            address=reverse("admin:accounts_roleassignment_changelist"),
            day="valid_from",
        )


contribute(Contribution(desk_items=desk_items))
