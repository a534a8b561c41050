"""Who may see and give awards."""

from congress.bodies.rules import OFFICE, SCHOOL
from union_portal.accounts.rules import allow

allow("congress.award", look=SCHOOL, write=OFFICE)
