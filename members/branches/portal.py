"""Branches on the desk: elections that are due, and branches that nobody chairs."""

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from members.branches.enums import BranchKind
from members.branches.models import Branch, Office, Term
from union_portal.accounts.enums import Role
from union_portal.base.portal import Contribution, DeskItem, FirstStep, contribute
from union_portal.base.prepared import seen

if TYPE_CHECKING:
    from union_portal.accounts.models.user import User

# So many terms stand on the desk by themselves; of more their number does.
SHOWN = 3


def desk_items(user: "User") -> Iterator[DeskItem]:
    """Yield what is due in the branches to whoever sees to it: who keeps them, and the chairs of their own."""
    if not (user.has_perm("members.add_term") or user.has_role(Role.BRANCH_CHAIR)):
        return
    today = timezone.localdate()
    yield from _terms(user, today)
    if user.has_perm("members.add_term"):
        yield from _without_chair(user, today)


def _terms(user: "User", today: dt.date) -> Iterator[DeskItem]:
    # Who may begin the next term is led to it at once.
    page = "admin:members_branch_begin_term" if user.has_perm("members.add_term") else "admin:members_branch_change"

    def asked(account: "User") -> "QuerySet[Any]":
        due: QuerySet[Any] = Term.objects.visible_to(account).filter(branch__dissolved_on=None).due(on=today)
        return due.select_related("branch").order_by("ends_on", "pk")

    found = seen(user, "terms due", asked)
    if len(found) > SHOWN:
        yield DeskItem(
            title="应换届的分工会",
            detail=f"最早的是{found[0].branch.name}，于 {found[0].ends_on} 届满。",
            address=f"{reverse('admin:members_branch_changelist')}?standing=due",
            due_on=found[0].ends_on,
            count=len(found),
            urgent=found[0].ends_on < today,
        )
        return
    for term in found:
        yield DeskItem(
            title=f"应换届：{term.branch.name}",
            detail=f"第 {term.number} 届于 {term.ends_on} 届满。",
            address=reverse(page, args=[term.branch_id]),
            due_on=term.ends_on,
            urgent=term.ends_on < today,
        )


def _without_chair(user: "User", today: dt.date) -> Iterator[DeskItem]:
    """Yield the branches in whose term no chair is recorded."""

    def asked(account: "User") -> "QuerySet[Any]":
        missing: Any = Branch.objects.visible_to(account).standing(on=today).without_chair(on=today)
        names: QuerySet[Any] = missing.order_by("code").values_list("name", flat=True)
        return names

    names = seen(user, "branches without chair", asked)
    if names:
        yield DeskItem(
            title="没有主席的分工会",
            detail=f"{'、'.join(names[:SHOWN])}{'等' if len(names) > SHOWN else ''}，请登记选举结果。",
            address=f"{reverse('admin:members_branch_changelist')}?standing=chairless",
            count=len(names),
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
