"""Who may see and run sessions."""

from congress.bodies.rules import LOOKS, RUNS
from union_portal.base.rules import allow

allow("congress", "session", view=LOOKS, add=RUNS, run=RUNS)
allow("congress", "sitting", view=LOOKS, add=RUNS)
allow("congress", "agendaitem", view=LOOKS, add=RUNS)
allow("congress", "presidiummember", view=LOOKS)
