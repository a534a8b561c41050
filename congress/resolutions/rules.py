"""Who may see and write resolutions."""

from congress.bodies.rules import LOOKS, RUNS
from union_portal.base.rules import allow

allow("congress", "resolution", view=LOOKS, add=RUNS)
