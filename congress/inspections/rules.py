"""Who may see and record inspections."""

from congress.bodies.rules import OFFICE, SCHOOL
from union_portal.base.rules import allow

allow("congress", "inspection", view=SCHOOL, add=OFFICE)
allow("congress", "finding", view=SCHOOL, add=OFFICE)
