"""Who may see and keep committees and their meetings."""

from rules.permissions import add_perm

from congress.bodies.rules import KEEPS_COMMITTEES, LOOKS, SCHOOL
from union_portal.accounts.enums import Role
from union_portal.accounts.rules import allow, has_role

allow("congress.committee", look=LOOKS, write=KEEPS_COMMITTEES)
allow("congress.committeeseat", look=SCHOOL, write=has_role(Role.CONGRESS, Role.ORGANISATION))
allow("congress.meeting", look=SCHOOL, write=has_role(Role.CONGRESS, Role.ORGANISATION, Role.AUDIT, Role.WOMEN))
allow(
    "congress.revieweddocument", look=SCHOOL, write=has_role(Role.CONGRESS, Role.ORGANISATION, Role.AUDIT, Role.WOMEN)
)
add_perm("congress.import_committee", has_role(Role.CONGRESS, Role.ORGANISATION))
