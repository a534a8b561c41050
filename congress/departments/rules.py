"""Who may see and keep departments."""

from congress.bodies.rules import OFFICE, SCHOOL
from union_portal.base.rules import allow

allow("congress", "department", view=SCHOOL, add=OFFICE)
allow("congress", "departmentpost", view=SCHOOL, add=OFFICE)
