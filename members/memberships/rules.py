"""Who may see and change memberships."""

from members.memberships.models import Membership
from union_portal.accounts.rules import exporters, keeper, sees, staff
from union_portal.base.rules import allow

allow(
    "members",
    "membership",
    view=staff & sees(Membership),
    add=keeper,
    change=keeper & sees(Membership),
    export=exporters & staff,
)
