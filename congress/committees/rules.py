"""Who may see and keep committees and their meetings."""

from congress.bodies.rules import KEEPS_COMMITTEES, LOOKS, SCHOOL
from union_portal.accounts.enums import Role
from union_portal.accounts.rules import has_role
from union_portal.base.rules import allow

allow(
    "congress",
    "committee",
    view=LOOKS,
    add=KEEPS_COMMITTEES,
    import_=has_role(Role.CONGRESS, Role.ORGANISATION),
)
allow("congress", "committeeseat", view=SCHOOL, add=has_role(Role.CONGRESS, Role.ORGANISATION))
allow("congress", "meeting", view=SCHOOL, add=has_role(Role.CONGRESS, Role.ORGANISATION, Role.AUDIT, Role.WOMEN))
allow(
    "congress", "revieweddocument", view=SCHOOL, add=has_role(Role.CONGRESS, Role.ORGANISATION, Role.AUDIT, Role.WOMEN)
)
