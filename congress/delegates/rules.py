"""Who may see delegates and delegations."""

from congress.bodies.rules import LOOKS, RUNS
from union_portal.accounts.rules import allow

allow("congress.delegation", look=LOOKS, write=RUNS)
allow("congress.delegate", look=LOOKS, write=RUNS)
allow("congress.unitelection", look=LOOKS, write=RUNS)
