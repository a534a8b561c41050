"""新任干部, beside the accounts and among what may be begun; on the desk, which chairs lack a role or kept one."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.http import urlencode

from members.branches.models import BranchRole, Office
from union_portal.accounts.enums import Role
from union_portal.base.portal import Contribution, DeskItem, Place, contribute
from union_portal.home.officers.services import chairs_and_roles

if TYPE_CHECKING:
    from union_portal.accounts.models import User

GIVE = "accounts.add_roleassignment"
SHOWN = 3
_NEW = Place("settings", "新任干部", "home:officer", GIVE, "person_add", beside="accounts")


def desk_items(user: "User") -> Iterator[DeskItem]:
    """Yield to whoever gives roles what an election left to do: a role to give, and one to end."""
    if not user.has_perm(GIVE):
        return
    without, over = chairs_and_roles()
    if over:
        yield DeskItem(
            title="已卸任而仍有角色的分工会主席",
            detail=f"{_names([f'{one.branch.name}{one.assignment.user.name}' for one in over])}，请结束角色。",
            address=_role_page(over[0]),
            count=len(over),
            urgent=True,
            unit="人",
        )
    if without:
        yield DeskItem(
            title="还没有角色的分工会主席",
            detail=(
                f"{_names([f'{one.term.branch.name}{one.person.name}' for one in without])}，"
                "授予角色后才能在工作台办理本分工会的事。"
            ),
            address=officer_page(without[0]),
            count=len(without),
            unit="人",
        )


def _names(names: list[str]) -> str:
    return f"{'、'.join(names[:SHOWN])}{'等' if len(names) > SHOWN else ''}"


def _role_page(held: BranchRole) -> str:
    return reverse("admin:accounts_roleassignment_end_role", args=[held.assignment_id])


def officer_page(office: Office) -> str:
    """Return the page on which the role is given, filled in with what the election says."""
    told: dict[str, str | int] = {
        "person": office.person_id,
        "roles": Role.BRANCH_CHAIR.value,
        "branches": office.term.branch_id,
        "document": office.term.document,
        "office": office.pk,
    }
    return f"{reverse('home:officer')}?{urlencode(told)}"


contribute(Contribution(places=(_NEW,), creates=(_NEW,), desk_items=desk_items))
