"""Who may see and give awards."""

from congress.bodies.rules import OFFICE, SCHOOL
from union_portal.base.rules import allow

allow("congress", "award", view=SCHOOL, add=OFFICE)
