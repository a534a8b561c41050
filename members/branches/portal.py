"""The elections that are due, on the desk."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone

from members.branches.models import Term
from union_portal.accounts.enums import Role
from union_portal.base.portal import DeskItem

if TYPE_CHECKING:
    from union_portal.accounts.models.user import User


def desk_items(user: "User") -> Iterator[DeskItem]:
    """Return the terms that end soon or have ended, to whoever sees to elections in the branches."""
    if not (user.has_perm("members.add_term") or user.has_role(Role.CHAIR, Role.VICE_CHAIR, Role.BRANCH_CHAIR)):
        return
    today = timezone.localdate()
    due = Term.objects.visible_to(user).filter(branch__dissolved_on=None).due(on=today)
    for term in due.select_related("branch"):
        yield DeskItem(
            title=f"应换届：{term.branch.name}",
            detail=f"第 {term.number} 届于 {term.ends_on} 届满。",
            address=reverse("admin:members_branch_change", args=[term.branch_id]),
            due_on=term.ends_on,
            urgent=term.ends_on < today,
        )
