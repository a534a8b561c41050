"""Who may look over what departs from the ordinary way: the audit committee and the heads."""

from rules.permissions import add_perm

from union_portal.accounts.enums import Role
from union_portal.accounts.rules import has_role

add_perm("welfare.look_over", has_role(Role.AUDIT, Role.CHAIR, Role.VICE_CHAIR))
