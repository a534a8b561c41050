"""Who may see and keep committees and their meetings."""

from congress.bodies.rules import KEEPS_COMMITTEES, LOOKS, OFFICE, SCHOOL
from union_portal.accounts.enums import Role
from union_portal.accounts.rules import has_role
from union_portal.base.rules import allow

_KEEPERS = has_role(Role.CONGRESS, Role.ORGANISATION)
_WRITERS = has_role(Role.CONGRESS, Role.ORGANISATION, Role.AUDIT, Role.WOMEN)
allow("congress", "committee", view=LOOKS, add=KEEPS_COMMITTEES, import_=_KEEPERS)
allow("congress", "committeeseat", view=SCHOOL, add=_KEEPERS)
allow("congress", "meeting", view=SCHOOL, add=_WRITERS, import_=OFFICE)
allow("congress", "revieweddocument", view=SCHOOL, add=_WRITERS)
