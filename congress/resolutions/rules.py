"""Who may see and write resolutions."""

from congress.bodies.rules import LOOKS, RUNS
from union_portal.accounts.rules import allow

allow("congress.resolution", look=LOOKS, write=RUNS)
