"""Who may see and record regulations."""

from congress.bodies.rules import OFFICE, SCHOOL
from union_portal.accounts.enums import Role
from union_portal.accounts.rules import has_role
from union_portal.base.rules import allow

for model in ("regulation", "regulationversion"):
    writers = has_role(Role.CONGRESS, Role.ORGANISATION, Role.FINANCE)
    allow("congress", model, view=SCHOOL, add=writers, import_=OFFICE)
