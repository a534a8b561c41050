"""Findings that are overdue."""

from collections.abc import Iterator

from congress.bodies.portal import list_address
from congress.inspections.models import Finding
from union_portal.accounts.enums import Role
from union_portal.accounts.models import User
from union_portal.base.portal import Contribution, DeskItem, contribute, waiting


def desk_items(user: User) -> Iterator[DeskItem]:
    """Yield to the office the findings that departments have not put right in time."""
    if not user.has_role(Role.CONGRESS):
        return iter(())
    address = list_address("finding", "?overdue=yes")
    told = {"title": "巡视问题整改逾期", "detail": "尚未登记处理结果。", "address": address}
    return waiting(user, lambda _account: Finding.objects.overdue(), **told)


contribute(Contribution(desk_items=desk_items))
