"""Who may see and change memberships."""

from rules.permissions import add_perm

from members.memberships.models import Membership
from union_portal.accounts.rules import allow, exporters, keeper, sees, staff

allow(
    "members.membership",
    look=staff & sees(Membership),
    write=keeper & sees(Membership),
    add=keeper,
    export=exporters & staff,
)
add_perm("members.import_membership", keeper)
