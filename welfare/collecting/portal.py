"""What is still to be ticked off, on the branch chair's desk; the welfare officer has each round's own item."""

from collections.abc import Iterator

from django.urls import reverse

from union_portal.accounts.enums import Role
from union_portal.accounts.models import User
from union_portal.base.portal import Contribution, DeskItem, Place, contribute
from welfare.collecting.services import Standing, under_way


def rounds_under_way(user: User) -> list[Standing]:
    """Return the approved rounds in which the account records collections, read once a request."""
    return user.once("rounds under way", lambda: under_way(user=user))


def desk_items(user: User) -> Iterator[DeskItem]:
    """Yield the rounds in which people of the own branch have not collected yet."""
    if not user.has_role(Role.BRANCH_CHAIR):
        return
    for one in rounds_under_way(user):
        if one.due:
            yield DeskItem(
                title=f"登记领取：{one.round}",
                detail=f"您的分工会应领 {one.heads:,} 人，尚有 {one.due:,} 人未登记。",
                address=reverse("welfare:collecting_round", args=[one.round.pk]),
                due_on=one.round.handed_out_on,
                count=one.due,
                unit="人",
            )


contribute(
    Contribution(
        desk_items=desk_items,
        places=(Place("welfare", "登记领取", "welfare:collecting", "welfare.collect_grant", beside="rounds"),),
    )
)
