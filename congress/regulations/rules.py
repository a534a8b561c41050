"""Who may see and record regulations."""

from congress.bodies.rules import SCHOOL
from union_portal.accounts.enums import Role
from union_portal.accounts.rules import has_role
from union_portal.base.rules import allow

allow("congress", "regulation", view=SCHOOL, add=has_role(Role.CONGRESS, Role.ORGANISATION, Role.FINANCE))
allow("congress", "regulationversion", view=SCHOOL, add=has_role(Role.CONGRESS, Role.ORGANISATION, Role.FINANCE))
