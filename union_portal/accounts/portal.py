"""What waits on the desk of those who confirm roles, delegations and steps on accounts."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.urls import reverse
from django.utils import timezone

from union_portal.accounts.enums import Role
from union_portal.accounts.models import AccountRequest, Delegation, RoleAssignment, User
from union_portal.base.portal import Contribution, DeskItem, FirstStep, contribute, waiting

_ASKED: tuple[tuple[Any, str, str, str], ...] = (
    (RoleAssignment, "待确认的角色", "另一位管理员授予的角色，确认后生效。", "valid_from"),
    (Delegation, "待确认的委托", "他人提出的角色委托，确认后生效。", "valid_from"),
    (AccountRequest, "待确认的账号申请", "担任角色者的账号，须第二人确认才办理。", ""),
)


def desk_items(user: User) -> Iterator[DeskItem]:
    """Yield what others ask for others."""
    if not user.has_perm("accounts.confirm_asked"):
        return
    for model, title, detail, day in _ASKED:
        address = reverse(f"admin:accounts_{model.__name__.lower()}_changelist")
        found = waiting(user, model.objects.waiting_for, title=title, detail=detail, address=address, day=day)
        for item in found:
            # A role may be dated back to an election; asked for today, it is not late by years.
            yield item if model is AccountRequest else _from_today(item)


def _from_today(item: DeskItem) -> DeskItem:
    return replace(item, due_on=max(item.due_on or dt.date.max, timezone.localdate()), urgent=False)


contribute(
    Contribution(
        desk_items=desk_items,
        first_steps=(
            FirstStep(
                key="roles",
                rank=50,
                title="为工会干部开通账号和角色",
                why="各项工作由有相应角色的人办理；至少要有组织委员、生活福利委员、财务和主席",
                by="系统管理员",
                rows=lambda: RoleAssignment.objects.exclude(role=Role.ADMINISTRATOR).settled(),
                unit="个角色",
                page="home:officer",
                permission="accounts.add_roleassignment",
            ),
        ),
    )
)
