"""Who may see delegates and delegations."""

from congress.bodies.rules import LOOKS, RUNS
from union_portal.base.rules import allow

allow("congress", "delegation", view=LOOKS, add=RUNS)
allow("congress", "delegate", view=LOOKS, add=RUNS)
allow("congress", "unitelection", view=LOOKS, add=RUNS)
