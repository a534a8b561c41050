"""Who may see and change people, and the circles of roles that the register's rooms share."""

from rules.permissions import add_perm

from members.people.models import Person
from union_portal.accounts.enums import Role
from union_portal.accounts.rules import exporters, has_role, keeper, near, sees, staff
from union_portal.base.rules import allow

allow(
    "members", "person", view=staff & sees(Person), add=keeper, change=keeper & sees(Person), export=exporters & staff
)
# Contact data: whoever works with the person; identity and bank numbers: only where forms and payouts need them.
# The slips with codes name people and branches, so the account's keeper must also be one of the register.
add_perm("members.open_accounts", has_role(Role.ORGANISATION))
add_perm("members.reveal_contact", (near | has_role(Role.BRANCH_CHAIR)) & sees(Person))
add_perm("members.reveal_identity", has_role(Role.ORGANISATION, Role.WELFARE, Role.FINANCE) & sees(Person))
add_perm("members.find_by_identity", has_role(Role.ORGANISATION, Role.WELFARE))
add_perm("members.export_identity", has_role(Role.ORGANISATION, Role.WELFARE, Role.FINANCE))
