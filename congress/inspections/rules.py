"""Who may see and record inspections."""

from congress.bodies.rules import OFFICE, SCHOOL
from union_portal.accounts.rules import allow

allow("congress.inspection", look=SCHOOL, write=OFFICE)
allow("congress.finding", look=SCHOOL, write=OFFICE)
