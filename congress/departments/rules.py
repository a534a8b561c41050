"""Who may see and keep departments."""

from congress.bodies.rules import OFFICE, SCHOOL
from union_portal.accounts.rules import allow

allow("congress.department", look=SCHOOL, write=OFFICE)
allow("congress.departmentpost", look=SCHOOL, write=OFFICE)
