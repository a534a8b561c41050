"""The elections that are due, on the desk."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone

from members.branches.enums import BranchKind
from members.branches.models import Branch, Office, Term
from union_portal.accounts.enums import Role
from union_portal.base.portal import Contribution, DeskItem, FirstStep, contribute

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


contribute(
    Contribution(
        first_steps=(
            FirstStep(
                key="branches",
                rank=20,
                title="建立分工会",
                why="人员、代表和签收表都按分工会分；人事名单带有分工会的，可跳过这一步，由名单一并新建",
                by="组织委员",
                rows=lambda: Branch.objects.exclude(kind=BranchKind.SCHOOL),
                unit="个分工会",
                page="admin:members_branch_add",
                permission="members.add_branch",
                kind="branches",
            ),
            FirstStep(
                key="officers",
                rank=40,
                title="登记分工会班子",
                why="主席、委员和届期由此而来，快到期的换届会列入待办",
                by="组织委员",
                rows=Office.objects.all,
                unit="项任职",
                page="admin:members_branch_changelist",
                permission="members.add_office",
                kind="offices",
            ),
        )
    )
)
