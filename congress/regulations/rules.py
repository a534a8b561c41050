"""Who may see and record regulations."""

from congress.bodies.rules import SCHOOL
from union_portal.accounts.enums import Role
from union_portal.accounts.rules import allow, has_role

allow("congress.regulation", look=SCHOOL, write=has_role(Role.CONGRESS, Role.ORGANISATION, Role.FINANCE))
allow("congress.regulationversion", look=SCHOOL, write=has_role(Role.CONGRESS, Role.ORGANISATION, Role.FINANCE))
