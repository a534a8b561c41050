"""Who may see and run sessions."""

from rules.permissions import add_perm

from congress.bodies.rules import LOOKS, RUNS
from union_portal.base.rules import allow

allow("congress", "session", view=LOOKS, add=RUNS)
allow("congress", "sitting", view=LOOKS, add=RUNS)
allow("congress", "agendaitem", view=LOOKS, add=RUNS)
# Sessions
add_perm("congress.run_session", RUNS)
add_perm("congress.export_presidiummember", LOOKS)
