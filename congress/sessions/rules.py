"""Who may see and run sessions."""

from rules.permissions import add_perm

from congress.bodies.rules import LOOKS, RUNS
from union_portal.accounts.rules import allow

allow("congress.session", look=LOOKS, write=RUNS)
allow("congress.sitting", look=LOOKS, write=RUNS)
allow("congress.agendaitem", look=LOOKS, write=RUNS)
# Sessions
add_perm("congress.run_session", RUNS)
