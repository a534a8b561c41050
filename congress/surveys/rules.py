"""Who may see and run surveys."""

from congress.bodies.rules import LOOKS, RUNS
from union_portal.base.rules import allow

allow("congress", "survey", view=LOOKS, add=RUNS)
allow("congress", "surveyquestion", view=LOOKS, add=RUNS)
