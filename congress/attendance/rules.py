"""Who may see and keep the roll."""

from congress.bodies.rules import LOOKS, RUNS
from union_portal.accounts.rules import allow

allow("congress.rollentry", look=LOOKS, write=RUNS)
