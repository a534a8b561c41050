"""Who may see and keep the roll."""

from congress.bodies.rules import LOOKS, RUNS
from union_portal.base.rules import allow

allow("congress", "rollentry", view=LOOKS, add=RUNS)
